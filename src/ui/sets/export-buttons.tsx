import packageJson from "../../../package.json" with { type: "json" };
import { useAppState } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { saveFile } from "../kit/save-file";
import { runCsv, runJson } from "./model/export-run";
import type { RunSnapshot } from "./run/run-snapshot";
import { useClassNames } from "./use-class-names";

/** Saves the results with all that is needed to get them again. */
export function ExportButtons({ run }: { readonly run: RunSnapshot }) {
  const classNames = useClassNames(run);
  const notify = useAppState((state) => state.notify);
  const options = { appVersion: packageJson.version, classNames };
  const save = (extension: string, content: () => string | Blob) => {
    try {
      saveFile(`${run.header.set.name}-results.${extension}`, content());
    } catch {
      notify("The results are too many for one file in this browser. Save them as CSV, or in parts.");
    }
  };
  if (run.records.size === 0) return null;
  return (
    <>
      <ActionButton onPress={() => save("csv", () => new Blob([runCsv(run, options)], { type: "text/csv" }))}>
        Save CSV
      </ActionButton>
      <ActionButton onPress={() => save("json", () => runJson(run, options, Date.now()))}>
        Save JSON
      </ActionButton>
    </>
  );
}
