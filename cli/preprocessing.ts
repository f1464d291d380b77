import { InvalidArgumentError } from "commander";
import type { CompileOptions } from "../src/compiler/compile";

/** Reads `auto`, `none` or `RANGE:MEANS:DEVIATIONS`, the last two lists with commas. */
export function parsePreprocessing(text: string): NonNullable<CompileOptions["preprocessing"]> {
  if (text === "auto" || text === "none") return text;
  const [ranges, mean, deviation, ...rest] = text.split(":").map((list) => list.split(",").map(readNumber));
  const [range] = ranges ?? [];
  if (range === undefined || ranges?.length !== 1 || !mean || !deviation || rest.length > 0) {
    throw new InvalidArgumentError("It must be auto, none or RANGE:MEANS:DEVIATIONS.");
  }
  if (range === 0 || deviation.includes(0))
    throw new InvalidArgumentError("A range or deviation of 0 divides by zero.");
  if (deviation.length !== 1 && deviation.length !== mean.length) {
    throw new InvalidArgumentError(`There are ${mean.length} means but ${deviation.length} deviations.`);
  }
  return { range, mean, deviation };
}

function readNumber(text: string): number {
  const number = Number(text);
  if (text.trim() === "" || !Number.isFinite(number))
    throw new InvalidArgumentError(`"${text}" is no number.`);
  return number;
}
