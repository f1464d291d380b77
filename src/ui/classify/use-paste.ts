import { useEffect } from "react";
import { pictureFromPaste } from "../../inputs/transfer";
import { useKeys } from "../kit/keys/use-keys";
import { useOwnPicture } from "./use-own-picture";

/** Ctrl+V anywhere on the page classifies the picture on the clipboard. */
export function usePaste(): void {
  const show = useOwnPicture();
  useKeys([{ keys: "Mod+V", does: "Classify the picture on the clipboard" }], "Classify");
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => show(() => pictureFromPaste(event.clipboardData));
    window.addEventListener("paste", onPaste);
    return () => window.removeEventListener("paste", onPaste);
  }, [show]);
}
