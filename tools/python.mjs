// Makes the Python environments of `environments.mjs`: once, and again when what one should hold has
// changed. Plain JavaScript, because it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** @typedef {import("./environments.mjs").Environment} Environment */

/**
 * The path of an environment's Python.
 * @param {Environment} environment
 */
export function pythonOf({ folder }) {
  return join(folder, ".venv", process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
}

/**
 * Makes the environment; does nothing if it is there already. Says why in a sentence and returns false if
 * it cannot. All it says goes to standard error: standard output belongs to the command that needs it.
 * @param {Environment} environment
 * @returns {boolean}
 */
export function ensurePython(environment) {
  const { name, folder, oldestPython, sources, installs } = environment;
  const venv = join(folder, ".venv");
  const stamp = join(venv, "installed");
  const isNew = `import sys; sys.exit(sys.version_info < (${oldestPython}))`;
  const base = ["python3", "python"].find((python) => run(python, ["-c", isNew], { stdio: "ignore" }));
  if (!base) {
    return complain(`Python ${oldestPython.join(".")} or newer is needed for ${name}; none is on the path.`);
  }
  const wanted = createHash("sha256").update(JSON.stringify(installs));
  for (const source of sources) wanted.update(readFileSync(join(folder, source)));
  wanted.update(spawnSync(base, ["--version"]).stdout);
  const hash = wanted.digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return true;

  console.error(`Installing the Python packages for ${name} ...`);
  rmSync(venv, { recursive: true, force: true });
  if (!makeVenv(base, venv)) {
    return complain("Python cannot make a virtual environment. On Debian: apt-get install python3-venv.");
  }
  const done = installs.every((args) => run(pythonOf(environment), args, { cwd: folder }));
  if (!done) return complain(`The packages for ${name} could not be installed; pip says why above.`);
  writeFileSync(stamp, hash);
  return true;
}

function makeVenv(base, venv) {
  if (run(base, ["-m", "venv", venv], { stdio: "ignore" })) return true;
  if (process.getuid?.() !== 0) return false;
  console.error("Installing python3-venv from the system's packages ...");
  return (
    run("apt-get", ["update"]) &&
    run("apt-get", ["install", "-y", "python3-venv"]) &&
    run(base, ["-m", "venv", "--clear", venv])
  );
}

function run(command, args, options) {
  return spawnSync(command, args, { stdio: ["ignore", 2, 2], ...options }).status === 0;
}

function complain(sentence) {
  console.error(sentence);
  return false;
}
