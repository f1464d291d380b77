import { InvalidArgumentError } from "commander";
import { type Board, boards } from "../src/hardware/boards";

/** A folder to write to. */
export function parseFolder(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("It must name a folder.");
  return text;
}

/** A whole number from 1. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1)
    throw new InvalidArgumentError("It must be a whole number from 1.");
  return count;
}

/** A number above 0: a rate, a clock period. */
export function parsePositive(text: string): number {
  const number = Number(text);
  if (text.trim() === "" || !Number.isFinite(number) || number <= 0)
    throw new InvalidArgumentError("It must be a number above 0.");
  return number;
}

/** A board by its name, in capitals or not. */
export function parseBoard(text: string): Board {
  const board = Object.values(boards).find(({ name }) => name === text.trim().toUpperCase());
  if (!board) throw new InvalidArgumentError(`The boards are ${Object.keys(boards).join(", ")}.`);
  return board;
}
