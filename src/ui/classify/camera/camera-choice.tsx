import type { Facing } from "../../../inputs/camera";
import { useAppState, useLiveSession } from "../../app-context";
import { ActionButton } from "../../kit/action-button";

const otherWay: Readonly<Record<Facing, { readonly facing: Facing; readonly text: string }>> = {
  user: { facing: "environment", text: "Rear camera" },
  environment: { facing: "user", text: "Front camera" },
};

/** Which camera: by its name, and on a phone by the way it looks. */
export function CameraChoice() {
  const live = useLiveSession();
  const cameras = useAppState((state) => state.cameras);
  const info = useAppState(({ camera }) => (camera.phase === "on" ? camera.info : null));
  if (!info || cameras.length < 2) return null;
  const other = info.facing && otherWay[info.facing];
  return (
    <>
      {other && (
        <ActionButton onPress={() => void live.start({ facing: other.facing })}>{other.text}</ActionButton>
      )}
      <label className="camera-controls__choice">
        <span className="visually-hidden">Camera</span>
        <select value={info.id} onChange={({ target }) => void live.start({ deviceId: target.value })}>
          {cameras.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
