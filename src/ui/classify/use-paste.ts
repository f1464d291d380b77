import { useEffect } from "react";
import { pictureFromPaste } from "../../inputs/transfer";
import { useOwnPicture } from "./use-own-picture";

/** Ctrl+V anywhere on the page classifies the picture on the clipboard. */
export function usePaste(): void {
  const show = useOwnPicture();
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => show(() => pictureFromPaste(event.clipboardData));
    window.addEventListener("paste", onPaste);
    return () => window.removeEventListener("paste", onPaste);
  }, [show]);
}
