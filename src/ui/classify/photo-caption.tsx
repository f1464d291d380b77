import type { Classification } from "../../workers/emulator-api";
import type { Picture } from "../session/picture";
import { describeCrop } from "./describe-crop";
import { NetworkInput } from "./network-input";
import { PhotoCredit } from "./photo-credit";
import "./photo-caption.css";

export interface PhotoCaptionProps {
  readonly picture: Picture | null;
  readonly classification: Classification | null;
}

/** What the network saw of the photo, and whose photo it is. */
export function PhotoCaption({ picture, classification }: PhotoCaptionProps) {
  return (
    <figcaption className="photo-caption">
      {classification ? (
        <NetworkInput pixels={classification.input} />
      ) : (
        <div className="network-input" aria-hidden="true" />
      )}
      <div className="photo-caption__text">
        <p className="photo-caption__name">{picture?.name ?? "No photo yet"}</p>
        {classification && <p>{describeCrop(classification)}</p>}
        {picture &&
          [...picture.notes, ...(classification?.notes ?? [])].map((note) => <p key={note}>{note}</p>)}
        {picture?.sample && <PhotoCredit sample={picture.sample} />}
      </div>
    </figcaption>
  );
}
