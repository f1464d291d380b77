import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Environment } from "./environments.mjs";

const real = execFileSync("python3", ["-c", "import sys; print(sys.executable)"], {
  encoding: "utf8",
}).trim();
let folder: string;
let launched: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "streamscope-"));
  await writeFile(join(folder, "needs.txt"), "a");
  await putPython("python", `exec ${real} -m venv --without-pip "$3"`);
});
afterEach(async () => {
  for (const child of launched) child.kill("SIGKILL");
  launched = [];
  await rm(folder, { recursive: true });
});

/** A folder for the path with a `python3` that makes environments by this line, quicker than with pip in them. */
async function putPython(name: string, venv: string) {
  const file = join(folder, name, "python3");
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(file, `#!/bin/sh\nif [ "$1 $2" = "-m venv" ]; then ${venv}; else exec ${real} "$@"; fi\n`);
  await chmod(file, 0o755);
}

/** An installer in place of pip: adds what is needed to `log`, and puts it into the environment. */
const installer = `
import pathlib, sys
need = pathlib.Path("needs.txt").read_text()
with open("log", "a") as log: log.write(need)
pathlib.Path(sys.prefix, "package").write_text(need)
`;

/** Kills the call that the installer was started by. */
const killCall = "import os, signal; os.kill(os.getppid(), signal.SIGKILL)";

interface Call {
  /** What the installer does besides. */
  besides?: string;
  /** The folder of the path. */
  path?: string;
  oldestPython?: [number, number];
}

/** A process that does this with the environment. */
function launch(doing: string, { besides = "", path = "python", oldestPython = [3, 8] }: Call = {}) {
  const module = JSON.stringify(new URL("./python.mjs", import.meta.url).href);
  const environment: Environment = {
    name: "the test",
    folder,
    oldestPython,
    sources: ["needs.txt"],
    // The same words for all that an installer may do, so that they are no reason to install again.
    installs: [["-c", 'import os; exec(os.environ["INSTALLER"])']],
  };
  const source = `
    import { ensurePython, holdPython } from ${module};
    const environment = ${JSON.stringify(environment)};
    ${doing}`;
  const env = { PATH: join(folder, path), INSTALLER: installer + besides };
  const child = spawn(process.execPath, ["--input-type=module", "--eval", source], {
    env,
    stdio: ["pipe", "pipe", "pipe"],
  });
  launched.push(child);
  return child;
}

const ensuring = "process.exitCode = ensurePython(environment) ? 0 : 1;";

async function ensure(call?: Call) {
  const child = launch(ensuring, call);
  const [said, [status]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  return { status, said };
}

const needs = (what: string) => writeFile(join(folder, "needs.txt"), what);
/** What was installed, one letter a time. */
const log = () => readFile(join(folder, "log"), "utf8");
const installed = () => readFile(join(folder, ".venv", "package"), "utf8");

test("an environment is made once, and again when what it needs has changed", async () => {
  expect(await ensure()).toEqual({ status: 0, said: "Installing the Python packages for the test ...\n" });
  expect(await ensure()).toEqual({ status: 0, said: "" });
  await needs("b");
  expect((await ensure()).status).toBe(0);
  expect((await ensure()).said).toBe("");
  expect([await log(), await installed()]).toEqual(["ab", "b"]);
  expect((await readdir(folder)).sort()).toEqual([".venv", "log", "needs.txt", "python"]);
});

test("if the new one cannot be installed, the former is kept, and good for what it was made for", async () => {
  await ensure();
  await needs("b");
  const { status, said } = await ensure({ besides: "sys.exit('No matching distribution')" });
  expect(status).toBe(1);
  expect(said.split("\n").slice(1)).toEqual([
    "No matching distribution",
    "The packages for the test could not be installed; the reason is above. Without a network pip finds no " +
      `version of anything. The former environment was kept in ${join(folder, ".venv")}.`,
    "",
  ]);
  expect(await installed()).toBe("a");
  await needs("a");
  expect(await ensure()).toEqual({ status: 0, said: "" });
});

test("if the first cannot be installed, none was kept", async () => {
  const { status, said } = await ensure({ besides: "sys.exit('No matching distribution')" });
  expect(status).toBe(1);
  expect(said).toMatch(/of anything\.\n$/);
  expect((await ensure()).status).toBe(0);
});

test("after a call that was killed half-way the former one is back", async () => {
  await ensure();
  await needs("b");
  await ensure({ besides: killCall });
  expect(await installed()).toBe("b");
  expect(existsSync(join(folder, ".venv", "installed"))).toBe(false);
  await needs("a");
  expect((await ensure()).status).toBe(0);
  expect([await log(), await installed()]).toEqual(["ab", "a"]);
});

test("which Python is on the path is nothing to an environment that is there", async () => {
  await ensure();
  await putPython("other", "exit 1");
  expect(await ensure({ path: "other" })).toEqual({ status: 0, said: "" });
  expect(await ensure({ path: "none" })).toEqual({ status: 0, said: "" });
});

test("without one an environment cannot be made", async () => {
  const sentence = "Python 3.8 or newer is needed for the test; none is on the path.\n";
  expect(await ensure({ path: "none" })).toEqual({ status: 1, said: sentence });
});

test("one whose Python is gone is made anew", async () => {
  await ensure();
  await rm(join(folder, ".venv", "bin", "python"));
  expect((await ensure()).status).toBe(0);
  expect(await log()).toBe("aa");
});

test("one whose Python has become another is made anew", async () => {
  await putPython("before", `${real} -m venv --without-pip "$3" && echo "version = 3.1.4" > "$3/pyvenv.cfg"`);
  await ensure({ path: "before" });
  expect((await ensure()).status).toBe(0);
  expect((await ensure()).said).toBe("");
  expect(await log()).toBe("aa");
});

test("one whose Python has become too old stays, if there is no newer", async () => {
  await ensure();
  const { status, said } = await ensure({ oldestPython: [99, 0] });
  expect([status, said]).toEqual([1, "Python 99.0 or newer is needed for the test; none is on the path.\n"]);
  expect(await installed()).toBe("a");
});

test.each([
  ["of two first calls at once one installs, and the other waits for it", { killed: false, installs: "a" }],
  ["an installer whose call was killed is waited for as well", { killed: true, installs: "aa" }],
])("%s", async (_, { killed, installs }) => {
  const server = createServer().listen(0, "127.0.0.1");
  try {
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    // It says that it is at work, and goes on when it is told.
    const wait = `import socket; socket.create_connection(("127.0.0.1", ${port})).recv(1)`;
    const first = ensure({ besides: killed ? `${killCall}; ${wait}` : wait });
    const [installing] = await once(server, "connection");
    const second = launch(ensuring);
    const ended = once(second, "exit");
    const lines = createInterface(second.stderr)[Symbol.asyncIterator]();
    expect((await lines.next()).value).toBe(
      "Another process is installing the Python packages for the test; waiting for it ...",
    );
    installing.end();
    expect((await first).status).toBe(killed ? null : 0);
    expect(await ended).toEqual([0, null]);
    expect([await log(), await installed()]).toEqual([installs, "a"]);
  } finally {
    server.close();
  }
});

test("one that a command is using is not made anew before that has ended", async () => {
  await ensure();
  const run = launch("holdPython(environment); process.stdin.resume(); console.log('held');");
  await once(run.stdout, "data");
  expect(await ensure()).toEqual({ status: 0, said: "" });
  await needs("b");
  expect(await ensure()).toEqual({
    status: 1,
    said:
      "Other Python packages are needed for the test by now, but a command is using those that are there: " +
      "wait until it has ended, or stop it.\n",
  });
  expect(await installed()).toBe("a");
  run.stdin.end();
  await once(run, "exit");
  expect((await ensure()).status).toBe(0);
  expect(await installed()).toBe("b");
});
