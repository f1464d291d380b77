// `npm run training -- <command>`: the trainer's command line, in an environment that the first call makes.
import { runAttached } from "./attached.mjs";
import { training } from "./environments.mjs";
import { ensurePython, holdPython, pythonOf } from "./python.mjs";

if (!ensurePython(training)) process.exit(1);
// A run imports and starts more of it, hours later.
holdPython(training);
const command = ["-m", "streamscope_training", ...process.argv.slice(2)];
process.exitCode = await runAttached(pythonOf(training), command);
