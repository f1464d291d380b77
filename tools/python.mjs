// Makes the Python environments of `environments.mjs`: once, and again when what one should hold has
// changed. Plain JavaScript, because it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lockFolder } from "./folder-lock.mjs";
import { isSettled, markOf, replaceFolder, settle } from "./replace-folder.mjs";

/** @typedef {import("./environments.mjs").Environment} Environment */

const venvOf = ({ folder }) => join(folder, ".venv");

/**
 * The path of an environment's Python.
 * @param {Environment} environment
 */
export function pythonOf(environment) {
  return join(venvOf(environment), process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
}

/**
 * Makes the environment; does nothing if it is there already, whatever Python is on the path. One that is
 * made anew takes the place of the former when it is done. Says why in a sentence and returns false if it
 * cannot. All it says goes to standard error: standard output belongs to the command that needs it.
 * @param {Environment} environment
 * @returns {boolean}
 */
export function ensurePython(environment) {
  const { name, folder, oldestPython } = environment;
  const venv = venvOf(environment);
  const ready = isReady(environment);
  if (ready && isSettled(venv)) return true;
  // To tidy up after a replacement, the environment's own will do.
  const python = ready ? pythonOf(environment) : findPython(oldestPython);
  if (!python) {
    return complain(`Python ${oldestPython.join(".")} or newer is needed for ${name}; none is on the path.`);
  }
  let lock = lockFolder(python, folder, "LOCK_EX | LOCK_NB");
  if (lock === null) {
    console.error(`Another process is installing the Python packages for ${name}; waiting for it ...`);
    lock = lockFolder(python, folder, "LOCK_EX");
  }
  try {
    settle(venv);
    return isReady(environment) || install(environment, python, lock);
  } finally {
    closeSync(lock);
  }
}

/**
 * Keeps the environment, which must be there, from being made anew while this process runs.
 * @param {Environment} environment
 */
export function holdPython(environment) {
  lockFolder(pythonOf(environment), venvOf(environment), "LOCK_SH");
}

function isReady(environment) {
  if (markOf(venvOf(environment)) !== markFor(environment)) return false;
  // The Python that it was made from may be gone, or another by now, as after an upgrade of the system.
  const [major, minor] = recordedVersion(environment).split(".");
  const isSame = `sys.version_info[:2] == (${major}, ${minor})`;
  return isTrue(pythonOf(environment), `${isSame} and ${isNew(environment.oldestPython)}`);
}

/**
 * Its files, its steps, and the Python that it was made from: in the words of `python --version`, which
 * are in the marks of all environments that there are.
 */
function markFor(environment) {
  const { folder, sources, installs } = environment;
  const mark = createHash("sha256").update(JSON.stringify(installs));
  for (const source of sources) mark.update(readFileSync(join(folder, source)));
  return mark.update(`Python ${recordedVersion(environment)}\n`).digest("hex");
}

/** Of the Python that the environment was made from, as `venv` has written it down. */
function recordedVersion(environment) {
  const file = join(venvOf(environment), "pyvenv.cfg");
  return existsSync(file) ? /^version = ([\d.]+)/m.exec(readFileSync(file, "utf8"))?.[1] : undefined;
}

function install(environment, base, lock) {
  const { name, folder, installs } = environment;
  const venv = venvOf(environment);
  if (isHeld(base, venv)) {
    return complain(
      `Other Python packages are needed for ${name} by now, but a command is using those that are there: ` +
        "wait until it has ended, or stop it.",
    );
  }
  console.error(`Installing the Python packages for ${name} ...`);
  try {
    replaceFolder(venv, () => {
      makeVenv(base, venv);
      const mark = markFor(environment);
      // They have the lock as well: if this process is killed, pip may be at work still.
      const stdio = ["ignore", 2, 2, lock];
      if (installs.every((args) => run(pythonOf(environment), args, { cwd: folder, stdio }))) return mark;
      throw new Error(
        `The packages for ${name} could not be installed; the reason is above. ` +
          "Without a network pip finds no version of anything.",
      );
    });
    return true;
  } catch ({ message }) {
    return complain(markOf(venv) === "" ? message : `${message} The former environment was kept in ${venv}.`);
  }
}

function isHeld(python, venv) {
  if (markOf(venv) === "") return false;
  const lock = lockFolder(python, venv, "LOCK_EX | LOCK_NB");
  if (lock !== null) closeSync(lock);
  return lock === null;
}

function makeVenv(base, venv) {
  if (run(base, ["-m", "venv", venv], { stdio: "ignore" })) return;
  if (process.getuid?.() === 0) {
    console.error("Installing python3-venv from the system's packages ...");
    const done =
      run("apt-get", ["update"]) &&
      run("apt-get", ["install", "-y", "python3-venv"]) &&
      run(base, ["-m", "venv", "--clear", venv]);
    if (done) return;
  }
  throw new Error("Python cannot make a virtual environment. On Debian: apt-get install python3-venv.");
}

function findPython(oldest) {
  return ["python3", "python"].find((python) => isTrue(python, isNew(oldest)));
}

const isNew = (oldest) => `sys.version_info >= (${oldest})`;

function isTrue(python, condition) {
  return run(python, ["-c", `import sys; sys.exit(not (${condition}))`], { stdio: "ignore" });
}

function run(command, args, options) {
  return spawnSync(command, args, { stdio: ["ignore", 2, 2], ...options }).status === 0;
}

function complain(sentence) {
  console.error(sentence);
  return false;
}
