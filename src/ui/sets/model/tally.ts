import { agreementOf } from "../../compare/model/agreement";
import type { FileRecord } from "../run/record";

/** How often a side was right, of the pictures that all sides answered: so that sides can be compared. */
export interface Accuracy {
  /** Pictures that were answered. */
  readonly answered: number;
  /** Those of them that have a label: what the shares are of. */
  readonly labelled: number;
  /** The label is its first class. */
  readonly top1: number;
  /** The label is among its five classes. */
  readonly top5: number;
}

/** The sum of a run's records. */
export interface Tally {
  /** Records by what became of the file. */
  readonly files: Readonly<Record<FileRecord["status"], number>>;
  /** Pictures with a label that came to no answer of all sides. They are in no share. */
  readonly labelledUnanswered: number;
  readonly emulator: Accuracy;
  readonly endpoint: Accuracy;
  /** Of the pictures that both sides answered. */
  readonly agreement: {
    readonly both: number;
    readonly sameFirst: number;
    readonly sameSet: number;
    readonly sameOrder: number;
  };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends object ? Mutable<T[K]> : T[K] };

/** Counts records as they come. A record that takes another's place is added after that one was removed. */
export class Tallier {
  readonly #sum: Mutable<Tally> = {
    files: { done: 0, broken: 0, missing: 0, failed: 0 },
    labelledUnanswered: 0,
    emulator: { answered: 0, labelled: 0, top1: 0, top5: 0 },
    endpoint: { answered: 0, labelled: 0, top1: 0, top5: 0 },
    agreement: { both: 0, sameFirst: 0, sameSet: 0, sameOrder: 0 },
  };

  /** @param label the picture's class; undefined if it has none */
  add(record: FileRecord, label: number | undefined): void {
    this.#count(record, label, 1);
  }

  remove(record: FileRecord, label: number | undefined): void {
    this.#count(record, label, -1);
  }

  snapshot(): Tally {
    return structuredClone(this.#sum);
  }

  #count({ status, emulator, endpoint }: FileRecord, label: number | undefined, step: 1 | -1): void {
    const sum = this.#sum;
    sum.files[status] += step;
    if (status !== "done") {
      if (label !== undefined) sum.labelledUnanswered += step;
      return;
    }
    if (emulator) judge(sum.emulator, emulator.top, label, step);
    if (endpoint) judge(sum.endpoint, endpoint.top, label, step);
    if (emulator && endpoint) {
      const { sameFirst, sameSet, sameOrder } = agreementOf(emulator.top, endpoint.top);
      sum.agreement.both += step;
      if (sameFirst) sum.agreement.sameFirst += step;
      if (sameSet) sum.agreement.sameSet += step;
      if (sameOrder) sum.agreement.sameOrder += step;
    }
  }
}

function judge(
  side: Mutable<Accuracy>,
  top: readonly number[],
  label: number | undefined,
  step: 1 | -1,
): void {
  side.answered += step;
  if (label === undefined) return;
  side.labelled += step;
  if (top[0] === label) side.top1 += step;
  if (top.slice(0, 5).includes(label)) side.top5 += step;
}
