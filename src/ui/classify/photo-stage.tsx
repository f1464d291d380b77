import { useState } from "react";
import type { Classification } from "../../workers/emulator-api";
import type { Picture } from "../session/picture";
import { CropFrame } from "./crop-frame";
import { Progress } from "./progress";
import "./photo-stage.css";

export interface PhotoStageProps {
  readonly picture: Picture | null;
  /** Size and crop of the picture, once it was classified. */
  readonly source: Classification["source"] | null;
}

/** The photo on its mat, with the part that the network saw framed, and what is under way. */
export function PhotoStage({ picture, source }: PhotoStageProps) {
  return (
    <div className="photo-stage">
      {picture && <Photo key={picture.id} picture={picture} />}
      {picture && source && <CropFrame source={source} />}
      <Progress />
      <p className="photo-stage__drop-hint" aria-hidden="true">
        Drop to classify
      </p>
    </div>
  );
}

/** Hidden until it is decoded, so that a file which holds no picture never shows as a broken one. */
function Photo({ picture }: { readonly picture: Picture }) {
  const [loaded, setLoaded] = useState(false);
  return (
    <img
      className="photo-stage__photo"
      data-loaded={loaded || undefined}
      src={picture.url}
      alt={picture.alt}
      decoding="async"
      draggable={false}
      onLoad={() => setLoaded(true)}
    />
  );
}
