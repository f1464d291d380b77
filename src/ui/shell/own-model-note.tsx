import { Button } from "react-aria-components/Button";
import { useAppState, useModelSession } from "../app-context";
import "./own-model-note.css";

/** While the user's own model is in use, every view says so and has the way back. */
export function OwnModelNote() {
  const session = useModelSession();
  const own = useAppState((state) => state.ownModel);
  const switching = useAppState((state) => state.switching);
  if (!own) return null;
  return (
    <section className="own-model-note" aria-label="Model in use">
      <p>
        Your model <strong>{own.name}</strong> <span>({own.package.checksum.slice(0, 12)})</span> is in use.
      </p>
      <Button
        className="own-model-note__back"
        isDisabled={switching}
        onPress={() => void session.takeBuiltIn()}
      >
        Back to the built-in
      </Button>
    </section>
  );
}
