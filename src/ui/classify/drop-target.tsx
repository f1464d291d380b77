import { pictureFromDrop } from "../../inputs/transfer";
import { useWindowDrop } from "../kit/use-window-drop";
import { useOwnPicture } from "./use-own-picture";
import "./drop-target.css";

/** Makes the whole page take a dropped picture. */
export function DropTarget({ children }: { readonly children: React.ReactNode }) {
  const show = useOwnPicture();
  const over = useWindowDrop((transfer) => show(() => pictureFromDrop(transfer)));
  return (
    <div className="drop-target" data-over={over || undefined}>
      {children}
    </div>
  );
}
