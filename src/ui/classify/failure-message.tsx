import { useAppState, useSession } from "../app-context";
import { ActionButton } from "../kit/action-button";
import type { Failure } from "../session/failure";
import { ChoosePhotoButton } from "./choose-photo-button";
import "./failure-message.css";

export interface FailureMessageProps {
  readonly failure: Failure;
  /** The picture's name, if it is a picture's failure. */
  readonly about?: string | undefined;
}

/** One failure: the sentence, and the button that helps. */
export function FailureMessage({ failure, about }: FailureMessageProps) {
  const session = useSession();
  const setEngine = useAppState((state) => state.setEngine);
  return (
    <div className="failure-message">
      <p>
        {about && <strong>{about}: </strong>}
        {failure.message}
      </p>
      {failure.remedy === "retry" && (
        <ActionButton onPress={() => void session.retry()}>Try again</ActionButton>
      )}
      {failure.remedy === "another-picture" && <ChoosePhotoButton>Choose another photo</ChoosePhotoButton>}
      {failure.remedy === "automatic-engine" && (
        <ActionButton onPress={() => setEngine("auto")}>Use the automatic engine</ActionButton>
      )}
    </div>
  );
}
