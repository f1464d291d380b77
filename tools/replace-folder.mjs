// A folder that is made anew at its own place, because it cannot be moved there when it is done: Python's
// virtual environments know their path. The former one waits aside, for the case that the new one fails.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Written last: a folder that has it is whole. */
const markFile = "installed";

/** It keeps its name, by which git and the linters ignore it. */
const formerOf = (folder) => join(dirname(folder), ".former", basename(folder));

/**
 * What a folder that is whole was made from; "" of one that is not, or is not there.
 * @param {string} folder
 */
export function markOf(folder) {
  const file = join(folder, markFile);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/**
 * Has every replacement of the folder come to its end?
 * @param {string} folder
 */
export function isSettled(folder) {
  return !existsSync(formerOf(folder));
}

/**
 * Brings a replacement to its end, also one that was killed: the new folder stays if it is whole, else the
 * former one comes back.
 * @param {string} folder
 */
export function settle(folder) {
  if (isSettled(folder)) return;
  const former = formerOf(folder);
  if (markOf(folder) === "" && markOf(former) !== "") {
    rmSync(folder, { recursive: true, force: true });
    renameSync(former, folder);
  }
  // If this is killed half-way, what is left must not come back.
  rmSync(join(former, markFile), { force: true });
  rmSync(dirname(former), { recursive: true, force: true });
}

/**
 * Replaces a folder that is settled, and leaves it as it was if `make` throws.
 * @param {string} folder
 * @param {() => string} make Makes it, and returns its mark. There is nothing at its path yet.
 */
export function replaceFolder(folder, make) {
  const former = formerOf(folder);
  if (markOf(folder) === "") {
    rmSync(folder, { recursive: true, force: true });
  } else {
    mkdirSync(dirname(former), { recursive: true });
    renameSync(folder, former);
  }
  try {
    const mark = make();
    writeFileSync(join(folder, markFile), mark);
  } finally {
    settle(folder);
  }
}
