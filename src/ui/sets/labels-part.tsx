import { useId } from "react";
import { FileTrigger } from "react-aria-components/FileTrigger";
import { useSetSession } from "../app-context";
import { ActionButton } from "../kit/action-button";
import type { ChosenSet } from "../state/sets-slice";
import { describeLabels, describeTroubles } from "./model/describe-labels";
import type { LabelSource } from "./run/run-header";

/** So many lists of the folder are offered. */
const mostLists = 20;

/** What is in the pictures: by folder, by a list, or not known. */
export function LabelsPart({ chosen }: { readonly chosen: ChosenSet }) {
  const session = useSetSession();
  const id = useId();
  const { images, labelSource, labelling } = chosen;
  const inFolder = images.lists.slice(0, mostLists).map(({ path }) => path);
  const isBrought = labelSource.kind === "list" && !inFolder.includes(labelSource.name);
  const lists = isBrought ? [labelSource.name, ...inFolder] : inFolder;
  const troubles = describeTroubles(labelling);
  return (
    <section className="sets__part" aria-labelledby={`${id}-heading`}>
      <h3 id={`${id}-heading`}>Labels</h3>
      <div className="sets__row sets__row--fields">
        <label className="sets__field">
          Where they are
          <select
            value={keyOf(labelSource)}
            onChange={({ target }) => void session.chooseLabels(sourceOf(target.value))}
          >
            <option value="folders">The folders’ names</option>
            {lists.map((name) => (
              <option key={name} value={`list:${name}`}>
                The list {name}
              </option>
            ))}
            <option value="none">There are none</option>
          </select>
        </label>
        <FileTrigger
          acceptedFileTypes={[".txt", ".csv", ".tsv"]}
          onSelect={(files) => {
            const file = files?.[0];
            if (file) void session.chooseList(file);
          }}
        >
          <ActionButton>Choose a list</ActionButton>
        </FileTrigger>
      </div>
      <p role="status" className="sets__note">
        {describeLabels(labelSource, labelling, images.images.length)}
      </p>
      {troubles.length > 0 && (
        <ul className="sets__note" aria-label="What has no label">
          {troubles.map((trouble) => (
            <li key={trouble}>{trouble}</li>
          ))}
        </ul>
      )}
      <details className="sets__note">
        <summary>What a folder or a list may say</summary>
        <p>
          A folder is named for a class: its index (from 0), its name, or its WordNet id if all thousand are
          there. A list has a file a line, then a space, tab or comma, then the class’s index or name.
        </p>
      </details>
    </section>
  );
}

function keyOf(source: LabelSource): string {
  return source.kind === "list" ? `list:${source.name}` : source.kind;
}

function sourceOf(key: string): LabelSource {
  if (key.startsWith("list:")) return { kind: "list", name: key.slice("list:".length) };
  return { kind: key === "folders" ? "folders" : "none" };
}
