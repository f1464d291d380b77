import type { Labelling, LabelTroubleKind } from "../../../inputs/image-set/labelling";
import { formatInteger } from "../../kit/format";
import type { LabelSource } from "../run/run-header";
import { counted } from "./counted";
import { nameList } from "./name-list";

/** How many pictures have a label, and how it was found. */
export function describeLabels(source: LabelSource, { labels, found }: Labelling, images: number): string {
  if (source.kind === "none") return "Without labels there is no accuracy, only agreement.";
  const what = source.kind === "folders" ? "folder" : "line";
  const ways = [
    found.index > 0 ? `${counted(found.index, what)} by the class’s index` : null,
    found.name > 0 ? `${counted(found.name, what)} by its name` : null,
    found.wordnet > 0
      ? `${counted(found.wordnet, what)} by WordNet id, taken to be ImageNet’s own order`
      : null,
  ].filter((way) => way !== null);
  const sum = `${formatInteger(labels.size)} of ${counted(images, "picture")} have a label`;
  return ways.length > 0 ? `${sum}: ${ways.join(", ")}.` : `${sum}.`;
}

const troubles: Readonly<Record<LabelTroubleKind, (count: number) => string>> = {
  "unknown-folder": (count) =>
    `${counted(count, "folder")} that ${count === 1 ? "names" : "name"} no class of this model`,
  "top-of-set": (count) => `${counted(count, "picture")} in no folder`,
  "unknown-label": (count) =>
    `${counted(count, "label")} in the list that ${count === 1 ? "is" : "are"} no class of this model`,
  "no-file": (count) => `${counted(count, "entry", "entries")} of the list without a file`,
  "ambiguous-file": (count) => `${counted(count, "name")} in the list that several files have`,
  contradiction: (count) => `${counted(count, "picture")} listed with different labels`,
  "not-listed": (count) => `${counted(count, "picture")} not in the list`,
};

/** What could not be resolved, counted and named: a line each. */
export function describeTroubles({ troubles: all }: Labelling): string[] {
  return all.map(({ kind, names }) => `${troubles[kind](names.length)}: ${nameList(names)}`);
}
