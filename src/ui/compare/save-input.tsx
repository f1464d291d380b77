import { useAppState } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { saveFile } from "../kit/save-file";
import { inputPng } from "./input-png";
import type { KeptFrame } from "./model/comparison";

/** Saves the very pixels of a frame; the file's name has the beginning of their checksum. */
export function SaveInput({ frame }: { readonly frame: KeptFrame }) {
  const notify = useAppState((state) => state.notify);
  const save = async () => {
    try {
      saveFile(`frame-${frame.number}-${frame.inputSha256.slice(0, 8)}.png`, await inputPng(frame.input));
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <ActionButton aria-label={`Save the picture of frame ${frame.number}`} onPress={() => void save()}>
      Save PNG
    </ActionButton>
  );
}
