// Locks between processes. Node has none, so a Python takes `flock` on a descriptor that this process gave
// it: the lock belongs to the descriptor, and stays when that Python has ended.
import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";

/** The exit status for a lock that another has. */
const taken = 75;

/**
 * Locks a folder until the descriptor is closed: by this process and by those that it was handed on to. The
 * system closes it when they end, in whatever way. On Windows, and on disks that know no locks, nothing is held.
 * @param {string} python
 * @param {string} folder
 * @param {"LOCK_SH" | "LOCK_EX" | "LOCK_EX | LOCK_NB"} kind Many can have the first at once, and none of them
 *   with one that has the second. These two wait for it; the last does not.
 * @returns {number | null} The descriptor; null if another has the folder.
 */
export function lockFolder(python, folder, kind) {
  const descriptor = openSync(folder, "r");
  const source = `
import sys
from fcntl import *
try:
    flock(3, ${kind})
except BlockingIOError:
    sys.exit(${taken})`;
  const stdio = ["ignore", "ignore", "ignore", descriptor];
  if (spawnSync(python, ["-c", source], { stdio }).status !== taken) return descriptor;
  closeSync(descriptor);
  return null;
}
