import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterEach, expect, test } from "vitest";

let launcher: ChildProcess | null = null;
afterEach(() => launcher?.kill("SIGKILL"));

/** A process that does nothing but run Node with this script attached. */
function launch(script: string, hasTerminal: boolean) {
  const attached = JSON.stringify(new URL("./attached.mjs", import.meta.url).href);
  const run = `runAttached(process.execPath, ["-e", ${JSON.stringify(script)}], ${hasTerminal})`;
  const source = `import { runAttached } from ${attached}; process.exitCode = await ${run};`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", source], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  launcher = child;
  return { child, lines: createInterface(child.stdout)[Symbol.asyncIterator](), ended: once(child, "exit") };
}

/** Says what it gets, until its input ends. */
const listener = `
  for (const name of ["SIGINT", "SIGHUP", "SIGTERM"]) process.on(name, () => console.log(name));
  process.stdin.resume().on("end", () => process.exit(7));
  console.log("ready");`;

/** What the command hears of these signals, up to the last, which must be passed on. */
async function heard(hasTerminal: boolean, signals: NodeJS.Signals[]): Promise<string[]> {
  const { child, lines, ended } = launch(listener, hasTerminal);
  expect((await lines.next()).value).toBe("ready");
  const said: string[] = [];
  for (const signal of signals) {
    child.kill(signal);
    // Signals overtake each other: the next goes when this one has come.
    if (!hasTerminal || signal === "SIGTERM") said.push((await lines.next()).value);
  }
  child.stdin.end();
  expect(await ended).toEqual([7, null]);
  return said;
}

test("the command has the streams, and its exit status is the launcher's", async () => {
  const { child, lines, ended } = launch("process.stdin.pipe(process.stdout)", false);
  child.stdin.end("hello\n");
  expect((await lines.next()).value).toBe("hello");
  expect(await ended).toEqual([0, null]);
});

test("without a terminal every signal is passed on", async () => {
  const signals = ["SIGINT", "SIGHUP", "SIGTERM"] as const;
  expect(await heard(false, [...signals])).toEqual(signals);
});

test("with one, what it sends to all is not passed on, and does not end the launcher", async () => {
  expect(await heard(true, ["SIGINT", "SIGHUP", "SIGTERM"])).toEqual(["SIGTERM"]);
});

test("a command that a signal ends has the status that a shell would give it", async () => {
  const { ended } = launch("process.kill(process.pid, 'SIGKILL')", false);
  expect(await ended).toEqual([137, null]);
});
