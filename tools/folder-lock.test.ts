import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lockFolder } from "./folder-lock.mjs";

let folder: string;
let holder: ChildProcess | null = null;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "streamscope-"));
});
afterEach(async () => {
  holder?.kill("SIGKILL");
  await rm(folder, { recursive: true });
});

/** Whether the folder was to be had; it is let go of at once. */
function isFree(kind: "LOCK_SH" | "LOCK_EX | LOCK_NB"): boolean {
  const lock = lockFolder("python3", folder, kind);
  if (lock !== null) closeSync(lock);
  return lock !== null;
}

test("of those that want it for themselves one has it, until it is closed", () => {
  const lock = lockFolder("python3", folder, "LOCK_EX | LOCK_NB")!;
  expect(isFree("LOCK_EX | LOCK_NB")).toBe(false);
  closeSync(lock);
  expect(isFree("LOCK_EX | LOCK_NB")).toBe(true);
});

test("those that share it keep out one that wants it for itself", () => {
  const lock = lockFolder("python3", folder, "LOCK_SH")!;
  expect(isFree("LOCK_SH")).toBe(true);
  expect(isFree("LOCK_EX | LOCK_NB")).toBe(false);
  closeSync(lock);
});

test("the lock of a process that is killed is gone", async () => {
  const module = JSON.stringify(new URL("./folder-lock.mjs", import.meta.url).href);
  const source = `
    import { lockFolder } from ${module};
    lockFolder("python3", ${JSON.stringify(folder)}, "LOCK_EX");
    process.stdin.resume();
    console.log("held");`;
  holder = spawn(process.execPath, ["--input-type=module", "--eval", source], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  await once(holder.stdout!, "data");
  expect(isFree("LOCK_EX | LOCK_NB")).toBe(false);
  holder.kill("SIGKILL");
  await once(holder, "exit");
  expect(isFree("LOCK_EX | LOCK_NB")).toBe(true);
});
