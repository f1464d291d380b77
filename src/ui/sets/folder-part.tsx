import { FileTrigger } from "react-aria-components/FileTrigger";
import { folderPicker } from "../../inputs/image-set/folder-handle";
import { useAppState, useSetSession } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { Facts } from "../kit/facts";
import { formatInteger } from "../kit/format";
import { nameList } from "./model/name-list";

/** Choosing the folder, and what is in it. */
export function FolderPart() {
  const chosen = useAppState((state) => state.chosenSet);
  const listing = useAppState((state) => state.listing);
  const isRunning = useAppState((state) => state.setRun?.phase === "running");
  return (
    <section className="sets__part" aria-labelledby="sets-folder">
      <h3 id="sets-folder">Pictures</h3>
      <div className="sets__row">
        <ChooseFolder isDisabled={isRunning || listing !== null} primary={!chosen} />
        <span className="sets__note">or drop a folder anywhere on this page</span>
      </div>
      <p role="status" className="sets__note">
        {listing === null ? "" : `Looking into the folder: ${formatInteger(listing)} files so far…`}
      </p>
      {chosen && (
        <Facts
          facts={[
            ["Folder", chosen.images.name],
            ["Pictures", formatInteger(chosen.images.images.length)],
            ["Other files", `${formatInteger(chosen.images.ignored)}, passed over`],
            [
              "Closed folders",
              chosen.images.closed.length > 0
                ? `${formatInteger(chosen.images.closed.length)} may not be read: ${nameList(chosen.images.closed)}`
                : null,
            ],
          ]}
        />
      )}
    </section>
  );
}

function ChooseFolder({ isDisabled, primary }: { readonly isDisabled: boolean; readonly primary: boolean }) {
  const session = useSetSession();
  if (folderPicker()) {
    return (
      <ActionButton primary={primary} isDisabled={isDisabled} onPress={() => void session.chooseFolder()}>
        Choose a folder
      </ActionButton>
    );
  }
  return (
    <FileTrigger acceptDirectory onSelect={(files) => files && void session.takeFiles(files)}>
      <ActionButton primary={primary} isDisabled={isDisabled}>
        Choose a folder
      </ActionButton>
    </FileTrigger>
  );
}
