// The Python environments of this repository: what is in each, and how it gets there.
import { join } from "node:path";
import { root } from "./setup.mjs";

/**
 * @typedef {object} Environment A folder with a Python package; its `.venv` is the environment.
 * @property {string} name For sentences.
 * @property {string} folder
 * @property {[number, number]} oldestPython
 * @property {string[]} sources Files that say what to install, from the folder: when one changes, the
 *   environment is made anew.
 * @property {string[][]} installs What its Python runs in the folder, one after another.
 */

const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
const pinned = [...install, "--constraint", "constraints.txt"];

/** The server of `endpoint/` and what its tests need. @type {Environment} */
export const endpoint = {
  name: "the endpoint",
  folder: join(root, "endpoint"),
  oldestPython: [3, 8],
  sources: ["pyproject.toml", "constraints.txt"],
  installs: [
    [...pinned, "--editable", ".[test]"],
    // MLServer is here for the protocol's OpenAPI description in its wheel, not to run.
    [...pinned, "--no-deps", "mlserver"],
  ],
};

/**
 * The trainer of `training/`, the endpoint for its emulator, and what the trainer's tests need. The
 * constraints name every package, because pip may not look for dependencies: PyTorch's are CUDA's.
 * @type {Environment}
 */
export const training = {
  name: "training",
  folder: join(root, "training"),
  oldestPython: [3, 10],
  sources: [
    "pyproject.toml",
    "constraints.txt",
    ...["__main__", "elf", "reader", "replace", "writer"].map((name) => `no_cuda/${name}.py`),
    "../endpoint/pyproject.toml",
  ],
  installs: [
    // Python compiles what it imports: to compile all of PyTorch now would take longer than the rest.
    [...install, "--no-deps", "--no-compile", "--requirement", "constraints.txt"],
    ["-m", "no_cuda"],
    // The build back end is among the constraints.
    [...install, "--no-deps", "--no-build-isolation", "--editable", ".", "--editable", "../endpoint"],
  ],
};
