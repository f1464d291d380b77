import { useEffect, useEffectEvent, useState } from "react";

/**
 * Makes the whole page take what is dropped: a drop beside the target must not make the browser
 * leave the page for the file. True while something is dragged over the page.
 */
export function useWindowDrop(take: (transfer: DataTransfer | null) => void): boolean {
  const [over, setOver] = useState(false);
  const onTake = useEffectEvent(take);

  useEffect(() => {
    const onDragOver = (event: DragEvent) => {
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
      setOver(true);
    };
    // Leaving the window, not one element for another.
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      onTake(event.dataTransfer);
    };
    window.addEventListener("dragover", onDragOver);
    window.addEventListener("dragleave", onDragLeave);
    window.addEventListener("drop", onDrop);
    return () => {
      window.removeEventListener("dragover", onDragOver);
      window.removeEventListener("dragleave", onDragLeave);
      window.removeEventListener("drop", onDrop);
    };
  }, []);

  return over;
}
