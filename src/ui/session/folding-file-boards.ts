import { boards } from "../../hardware/boards";
import type { BoardName } from "../state/folding-slice";

/**
 * The boards on which to try a folding file: FINN's file does not name its board. First what the
 * file's name says, then the board on screen, then the others.
 */
export function boardsToTry(fileName: string, shown: BoardName): BoardName[] {
  const names = Object.values(boards).map(({ name }) => name);
  const named = names.filter((name) => fileName.toUpperCase().includes(name));
  return [...new Set([...named, shown, ...names])];
}
