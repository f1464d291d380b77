// The Python that the endpoint's tests run in: `endpoint/.venv`, made once and again when what it
// should hold has changed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./setup.mjs";

const folder = join(root, "endpoint");
const venv = join(folder, ".venv");
const stamp = join(venv, "installed");
const constraints = join(folder, "constraints.txt");
/** What says what to install. */
const sources = ["pyproject.toml", "constraints.txt"].map((name) => join(folder, name));

/** Its Python. */
export const python = join(venv, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");

/**
 * Makes the environment with the endpoint and what its tests need, at the versions of the constraints;
 * does nothing if it is there already. Says why in a sentence and returns false if it cannot.
 * @returns {boolean}
 */
export function ensurePython() {
  const base = ["python3", "python"].find((name) =>
    run(name, ["-c", "import sys; sys.exit(sys.version_info < (3, 8))"], "ignore"),
  );
  if (!base) return complain("The endpoint's tests need Python 3.8 or newer; none is on the path.");
  const wanted = createHash("sha256");
  for (const file of sources) wanted.update(readFileSync(file));
  wanted.update(spawnSync(base, ["--version"]).stdout);
  const hash = wanted.digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return true;

  console.log("Installing the endpoint and its tests ...");
  rmSync(venv, { recursive: true, force: true });
  if (!makeVenv(base)) {
    return complain("Python cannot make a virtual environment. On Debian: apt-get install python3-venv.");
  }
  const install = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--constraint",
    constraints,
  ];
  // MLServer is here for the protocol's OpenAPI description in its wheel, not to run.
  const done =
    run(python, [...install, "--editable", `${folder}[test]`]) &&
    run(python, [...install, "--no-deps", "mlserver"]);
  if (!done) return complain("The endpoint's packages could not be installed; pip says why above.");
  writeFileSync(stamp, hash);
  return true;
}

function makeVenv(base) {
  if (run(base, ["-m", "venv", venv], "ignore")) return true;
  if (process.getuid?.() !== 0) return false;
  console.log("Installing python3-venv from the system's packages ...");
  return (
    run("apt-get", ["update"]) &&
    run("apt-get", ["install", "-y", "python3-venv"]) &&
    run(base, ["-m", "venv", "--clear", venv])
  );
}

function run(command, args, output = "inherit") {
  return spawnSync(command, args, { stdio: ["ignore", output, output] }).status === 0;
}

function complain(sentence) {
  console.error(sentence);
  return false;
}
