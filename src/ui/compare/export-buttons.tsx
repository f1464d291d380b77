import packageJson from "../../../package.json" with { type: "json" };
import { ActionButton } from "../kit/action-button";
import { saveFile } from "../kit/save-file";
import type { Comparison } from "./model/comparison";
import { framesCsv } from "./model/export-csv";
import { comparisonJson } from "./model/export-json";

/** Saves the comparison with all that is needed to do it again. */
export function ExportButtons({ comparison }: { readonly comparison: Comparison }) {
  const name = `comparison-${new Date(comparison.startedAt).toISOString().slice(0, 19).replaceAll(":", "-")}`;
  return (
    <div className="session-part__exports" data-not-on-paper>
      <ActionButton
        onPress={() => {
          const { records, setup } = comparison;
          const frames = records.map((record) => ({ ...record, setup }));
          const table = framesCsv(frames, packageJson.version);
          saveFile(`${name}.csv`, new Blob([table], { type: "text/csv" }));
        }}
      >
        Export CSV
      </ActionButton>
      <ActionButton
        onPress={() => saveFile(`${name}.json`, comparisonJson(comparison, packageJson.version, Date.now()))}
      >
        Export JSON
      </ActionButton>
    </div>
  );
}
