import { agreementOf } from "../../compare/model/agreement";
import type { FileRecord } from "../run/record";

/** Which files of a run are listed. */
export type FileFilter =
  | "all"
  | "problems" // no answer of all sides: broken, gone, failed
  | "other-first" // the sides' first classes differ
  | "other-set" // their five classes differ
  | "other-order" // their five classes or the order of these differ
  | "wrong-emulator" // the label is not the emulator's first class
  | "wrong-endpoint"; // the label is not the endpoint's first class

export interface FileChoice {
  readonly filter: FileFilter;
  /** In the path; upper and lower case are the same. Empty: no matter. */
  readonly text: string;
}

/** The files to list, in the order they came. */
export function chooseFiles(
  records: ReadonlyMap<string, FileRecord>,
  labels: ReadonlyMap<string, number>,
  { filter, text }: FileChoice,
): FileRecord[] {
  const wanted = text.trim().toLowerCase();
  return [...records.values()].filter(
    (record) => record.path.toLowerCase().includes(wanted) && isIn(filter, record, labels.get(record.path)),
  );
}

function isIn(
  filter: FileFilter,
  { status, emulator, endpoint }: FileRecord,
  label: number | undefined,
): boolean {
  switch (filter) {
    case "all":
      return true;
    case "problems":
      return status !== "done";
    case "wrong-emulator":
      return emulator !== null && label !== undefined && emulator.top[0] !== label;
    case "wrong-endpoint":
      return endpoint !== null && label !== undefined && endpoint.top[0] !== label;
    default: {
      if (!emulator || !endpoint) return false;
      const { sameFirst, sameSet, sameOrder } = agreementOf(emulator.top, endpoint.top);
      return !(filter === "other-first" ? sameFirst : filter === "other-set" ? sameSet : sameOrder);
    }
  }
}
