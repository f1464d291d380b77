import { FileTrigger } from "react-aria-components/FileTrigger";
import { acceptedTypes } from "../../inputs/magic";
import { pickFile } from "../../inputs/pick-file";
import { ActionButton, type ActionButtonProps } from "../kit/action-button";
import { useOwnPicture } from "./use-own-picture";

/** A button that opens the browser's file choice and classifies what is chosen. */
export function ChoosePhotoButton(props: ActionButtonProps) {
  const show = useOwnPicture();
  return (
    <FileTrigger
      acceptedFileTypes={acceptedTypes.split(",")}
      onSelect={(files) => files && show(() => pickFile(files))}
    >
      <ActionButton {...props} />
    </FileTrigger>
  );
}
