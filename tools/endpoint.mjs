// The endpoint's checks and tests.
import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { endpoint } from "./environments.mjs";
import { pythonOf } from "./python.mjs";
import { countTests, runChecks } from "./python-checks.mjs";

/** Its tests of the last run. There is no Ray for a Python before 3.10. */
export function countEndpoint() {
  const isOld = "import sys; sys.exit(sys.version_info >= (3, 10))";
  const old = spawnSync(pythonOf(endpoint), ["-c", isOld]).status === 0;
  return countTests(endpoint, (reason) => old && reason.startsWith("Ray is not installed"));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) process.exit(runChecks(endpoint) ? 0 : 1);
