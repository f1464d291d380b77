import { useDeferredValue, useMemo } from "react";
import { useAppState } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { formatInteger } from "../kit/format";
import { FileRow } from "./file-row";
import { chooseFiles, type FileFilter } from "./model/choose-files";
import type { RunSnapshot } from "./run/run-snapshot";
import { useClassNames } from "./use-class-names";
import "./files-part.css";

const filterNames: Readonly<Record<FileFilter, string>> = {
  problems: "Broken, gone or failed",
  "other-first": "The first classes differ",
  "other-set": "The five classes differ",
  "other-order": "The five or their order differ",
  "wrong-emulator": "The emulator’s first is not the label",
  "wrong-endpoint": "The endpoint’s first is not the label",
  all: "All files",
};

/** So many rows stand on the page, however many files there are. */
const pageSize = 50;

/** The files of a run, to look for what differs, is wrong, or broke. */
export function FilesPart({ run }: { readonly run: RunSnapshot }) {
  const { header } = run;
  const filters = filtersOf(run);
  const place = useAppState((state) => state.setFilesAt);
  const setSets = useAppState((state) => state.setSets);
  const { filter: wish, text, page } = place;
  const setPage = (next: number) => setSets({ setFilesAt: { ...place, page: next } });
  const filter = wish && filters.includes(wish) ? wish : "all";
  const classNames = useClassNames(run);
  const { labels } = header.labelling;
  // Typing and pressing go before counting through all files.
  const shown = useDeferredValue(run);
  const files = useMemo(
    () => chooseFiles(shown.records, labels, { filter, text }),
    [shown, labels, filter, text],
  );
  const pages = Math.max(1, Math.ceil(files.length / pageSize));
  const at = Math.min(page, pages - 1);
  const rows = files.slice(at * pageSize, (at + 1) * pageSize);
  if (run.records.size === 0) return null;
  return (
    <section className="sets__part" aria-labelledby="sets-files">
      <h3 id="sets-files">Files</h3>
      <div className="sets__row files__choice">
        <label className="sets__field">
          Show
          <select
            value={filter}
            onChange={({ target }) => {
              const next = filters.find((each) => each === target.value) ?? null;
              setSets({ setFilesAt: { filter: next, text, page: 0 } });
            }}
          >
            {filters.map((each) => (
              <option key={each} value={each}>
                {filterNames[each]}
              </option>
            ))}
          </select>
        </label>
        <label className="sets__field">
          Path contains
          <input
            type="search"
            value={text}
            onChange={({ target }) => setSets({ setFilesAt: { filter: wish, text: target.value, page: 0 } })}
          />
        </label>
      </div>
      <p className="sets__note">
        {files.length === 0
          ? "No file of this kind."
          : `${formatInteger(at * pageSize + 1)} to ${formatInteger(at * pageSize + rows.length)} of ${formatInteger(files.length)}`}
      </p>
      {rows.length > 0 && (
        <ul className="files" aria-label={filterNames[filter]}>
          {rows.map((record) => (
            <FileRow
              key={record.path}
              record={record}
              label={labels.get(record.path)}
              classNames={classNames}
              canLook={run.hasFolder}
            />
          ))}
        </ul>
      )}
      {pages > 1 && (
        <div className="sets__row">
          <ActionButton isDisabled={at === 0} onPress={() => setPage(at - 1)}>
            Previous
          </ActionButton>
          <span className="sets__note">
            Page {formatInteger(at + 1)} of {formatInteger(pages)}
          </span>
          <ActionButton isDisabled={at === pages - 1} onPress={() => setPage(at + 1)}>
            Next
          </ActionButton>
        </div>
      )}
    </section>
  );
}

/** Those that can have an answer, the most telling first. */
function filtersOf({ header: { emulator, endpoints, labelling } }: RunSnapshot): FileFilter[] {
  const hasLabels = labelling.labels.size > 0;
  const both = emulator && endpoints.length > 0;
  return [
    ...(both ? (["other-order", "other-set", "other-first"] as const) : []),
    ...(hasLabels && emulator ? (["wrong-emulator"] as const) : []),
    ...(hasLabels && endpoints.length > 0 ? (["wrong-endpoint"] as const) : []),
    "problems",
    "all",
  ];
}
