import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Are the packages of the folder's lock file installed? npm writes down what it has installed, when it
 * is done, in `node_modules/.package-lock.json`. Optional packages, as those of other systems, may be missing.
 * @param {string} folder
 * @returns {boolean}
 */
export function hasPackages(folder) {
  const record = join(folder, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const wanted = packagesOf(join(folder, "package-lock.json"));
  const installed = packagesOf(record);
  return Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    const found = installed[path];
    if (!found) return path === "" || optional === true;
    return found.version === version && found.integrity === integrity;
  });
}

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, "utf8")).packages;
}
