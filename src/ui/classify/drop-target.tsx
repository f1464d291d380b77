import { useEffect, useState } from "react";
import { pictureFromDrop } from "../../inputs/transfer";
import { useOwnPicture } from "./use-own-picture";
import "./drop-target.css";

/**
 * Makes the whole page take a dropped picture: a drop beside the photo must not make the browser
 * leave the page for the file.
 */
export function DropTarget({ children }: { readonly children: React.ReactNode }) {
  const show = useOwnPicture();
  const [over, setOver] = useState(false);

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
      show(() => pictureFromDrop(event.dataTransfer));
    };
    window.addEventListener("dragover", onDragOver);
    window.addEventListener("dragleave", onDragLeave);
    window.addEventListener("drop", onDrop);
    return () => {
      window.removeEventListener("dragover", onDragOver);
      window.removeEventListener("dragleave", onDragLeave);
      window.removeEventListener("drop", onDrop);
    };
  }, [show]);

  return (
    <div className="drop-target" data-over={over || undefined}>
      {children}
    </div>
  );
}
