import { isApple } from "../kit/is-apple";
import { ChoosePhotoButton } from "./choose-photo-button";
import "./photo-chooser.css";

/** The ways to a photo of one's own; children stand beside them. */
export function PhotoChooser({ children }: { readonly children?: React.ReactNode }) {
  return (
    <div className="photo-chooser" data-not-on-paper>
      <ChoosePhotoButton primary>Choose a photo</ChoosePhotoButton>
      {children}
      <p className="photo-chooser__hint">
        <span className="photo-chooser__desktop">
          Or drop one anywhere, or paste one with <kbd>{isApple ? "⌘" : "Ctrl"}</kbd>+<kbd>V</kbd>.{" "}
        </span>
        It never leaves this browser.
      </p>
    </div>
  );
}
