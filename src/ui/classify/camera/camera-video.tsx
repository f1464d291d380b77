import { useEffect, useRef } from "react";
import { useAppState, useLiveSession } from "../../app-context";
import { isMirrored } from "../../state/live-slice";

/** The video of the camera that is on. The mirror is for the eye: the network sees the frame as it is. */
export function CameraVideo() {
  const live = useLiveSession();
  const info = useAppState(({ camera }) => (camera.phase === "on" ? camera.info : null));
  const mirrored = useAppState(isMirrored);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (info && place.current) return live.showIn(place.current);
    return undefined;
  }, [live, info]);
  return (
    <div
      ref={place}
      className="camera-stage__video"
      data-mirrored={mirrored || undefined}
      role="img"
      aria-label={`Video of the camera ${info?.label ?? ""}`}
    />
  );
}
