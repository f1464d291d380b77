// The trainer's checks and tests.
import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { training } from "./environments.mjs";
import { countTests, runChecks } from "./python-checks.mjs";

/** Their name for a compiler of C. */
const compiler = "cc";

/** Its tests of the last run. */
export function countTraining() {
  const needsNoHelp = process.platform !== "linux" || process.arch !== "x64";
  const hasCompiler = spawnSync(compiler, ["--version"]).status === 0;
  return countTests(training, (reason) => isExcused(reason, { needsNoHelp, hasCompiler }));
}

/**
 * May a test be skipped for this reason?
 * @param {string} reason
 * @param {object} machine
 * @param {boolean} machine.needsNoHelp Does its PyTorch do without CUDA by itself? All but that for x86-64 Linux.
 * @param {boolean} machine.hasCompiler Of C. Where there is one, that it does not take the source is a fault.
 * @returns {boolean}
 */
export function isExcused(reason, { needsNoHelp, hasCompiler }) {
  if (reason === "no C compiler") return !hasCompiler;
  return needsNoHelp && reason.startsWith("Only for Linux on x86-64");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) process.exit(runChecks(training) ? 0 : 1);
