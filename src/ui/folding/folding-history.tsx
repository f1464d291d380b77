import { useAppState, useFoldingSession } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { useKeys } from "../kit/keys/use-keys";
import { redoable, undoable } from "../state/history";
import "./button-row.css";

/** Undo and redo, by buttons and by Ctrl+Z and Ctrl+Shift+Z. */
export function FoldingHistory() {
  const session = useFoldingSession();
  const undone = useAppState(({ folding }) => folding && undoable(folding));
  const redone = useAppState(({ folding }) => folding && redoable(folding));

  useKeys(
    [
      { keys: "Mod+Z", does: "Undo", action: () => void session.undo(), repeats: true },
      { keys: ["Mod+Shift+Z", "Mod+Y"], does: "Redo", action: () => void session.redo(), repeats: true },
    ],
    "Folding",
  );

  return (
    <div className="button-row">
      <ActionButton
        isDisabled={!undone}
        onPress={() => void session.undo()}
        aria-label={undone ? `Undo ${undone}` : "Undo"}
      >
        Undo
      </ActionButton>
      <ActionButton
        isDisabled={!redone}
        onPress={() => void session.redo()}
        aria-label={redone ? `Redo ${redone}` : "Redo"}
      >
        Redo
      </ActionButton>
    </div>
  );
}
