import { endWithReader, terminal } from "./output";
import { run } from "./run";

endWithReader(process.stdout);
endWithReader(process.stderr);
process.exitCode = await run(process.argv.slice(2), terminal);
