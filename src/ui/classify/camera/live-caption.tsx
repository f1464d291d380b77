import { useAppState } from "../../app-context";
import { describeCrop } from "../describe-crop";
import { NetworkInput } from "../network-input";
import "../photo-caption.css";

/** What the network saw of the newest answered frame. */
export function LiveCaption() {
  const result = useAppState((state) => state.liveResult);
  const label = useAppState(({ camera }) => (camera.phase === "on" ? camera.info.label : "Camera"));
  return (
    <figcaption className="photo-caption">
      {result ? (
        <NetworkInput pixels={result.prepared.input} />
      ) : (
        <div className="network-input" aria-hidden="true" />
      )}
      <div className="photo-caption__text">
        <p className="photo-caption__name">{label}</p>
        {result && <p>{describeCrop(result.prepared)}</p>}
        {result?.prepared.notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
        <p>No frame leaves this browser.</p>
      </div>
    </figcaption>
  );
}
