import type { Output } from "../output";
import { run } from "../run";

/** Runs a command line in this process and collects what it says. */
export async function streamscope(...args: string[]) {
  const printed: string[] = [];
  const complained: string[] = [];
  const output: Output = { print: (line) => printed.push(line), complain: (line) => complained.push(line) };
  const code = await run(args, output);
  return { code, printed: printed.join("\n"), complained: complained.join("\n") };
}
