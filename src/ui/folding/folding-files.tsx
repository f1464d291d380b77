import { FileTrigger } from "react-aria-components/FileTrigger";
import { writeFoldingFile } from "../../hardware/folding-file";
import { useAppState, useFoldingSession } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { saveFile } from "../kit/save-file";
import { shownDesign } from "../state/folding-slice";
import "./button-row.css";

/** Opens and saves FINN's folding files. */
export function FoldingFiles() {
  const session = useFoldingSession();
  const design = useAppState(shownDesign);
  return (
    <div className="button-row">
      <FileTrigger
        acceptedFileTypes={["application/json", ".json"]}
        onSelect={(files) => {
          const file = files?.[0];
          if (file) void session.openFile(file);
        }}
      >
        <ActionButton isDisabled={!design}>Open a folding file</ActionButton>
      </FileTrigger>
      <ActionButton
        isDisabled={!design}
        onPress={() => {
          if (design) saveFile(`folding_config_${design.board}.json`, writeFoldingFile(design.config));
        }}
      >
        Save for FINN
      </ActionButton>
    </div>
  );
}
