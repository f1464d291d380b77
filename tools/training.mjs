// The trainer's checks and tests.
import { pathToFileURL } from "node:url";
import { training } from "./environments.mjs";
import { countTests, runChecks } from "./python-checks.mjs";

/** Its tests of the last run. Elsewhere than on x86-64 Linux PyTorch needs no help to do without CUDA. */
export function countTraining() {
  const linux = process.platform === "linux" && process.arch === "x64";
  return countTests(training, (reason) => !linux && reason.startsWith("Only for Linux on x86-64"));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) process.exit(runChecks(training) ? 0 : 1);
