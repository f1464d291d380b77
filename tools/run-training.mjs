// `npm run training -- <command>`: the trainer's command line, in an environment that the first call makes.
import { runAttached } from "./attached.mjs";
import { training } from "./environments.mjs";
import { ensurePython, pythonOf } from "./python.mjs";

if (!ensurePython(training)) process.exit(1);
const command = ["-m", "streamscope_training", ...process.argv.slice(2)];
process.exitCode = await runAttached(pythonOf(training), command);
