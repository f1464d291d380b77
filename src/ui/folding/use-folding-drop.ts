import { useFoldingSession } from "../app-context";
import { useWindowDrop } from "../kit/use-window-drop";

/** A folding file that is dropped on the page is opened. True while something is dragged over it. */
export function useFoldingDrop(): boolean {
  const session = useFoldingSession();
  return useWindowDrop((transfer) => {
    const file = transfer?.files[0];
    if (file) void session.openFile(file);
  });
}
