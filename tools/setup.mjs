// What `npm start` and `npm test` need before anything is installed. Plain JavaScript, because
// it runs before there is a TypeScript loader.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const npm = process.platform === "win32" ? "npm.cmd" : "npm";

/** Stops with a sentence if this Node is too old for the tools. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Node ${process.versions.node} is too old: Streamscope needs 20.19 or newer.`);
}

/** Installs the packages of the lock file, unless that was done since it last changed. */
export function ensurePackages() {
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  const stamp = join(root, "node_modules", ".streamscope-lock");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  console.log("Installing packages ...");
  run(npm, ["ci", "--no-audit", "--no-fund"]);
  writeFileSync(stamp, lock);
}

/** Makes sure there is a Chromium to test in: the one that is there, else Debian's, else Playwright's. */
export async function ensureBrowser() {
  if (await hasBrowser()) return;
  const isRoot = process.getuid?.() === 0;
  if (isRoot && succeeds("apt-get", ["--version"])) {
    console.log("Installing Chromium from the system's packages ...");
    if (succeeds("apt-get", ["update"]) && succeeds("apt-get", ["install", "-y", "chromium"])) {
      if (await hasBrowser()) return;
    }
  }
  console.log("Installing Playwright's Chromium ...");
  const playwright = join(root, "node_modules", "playwright-core", "cli.js");
  if (succeeds(process.execPath, [playwright, "install", ...(isRoot ? ["--with-deps"] : []), "chromium"])) {
    if (await hasBrowser()) return;
  }
  fail(
    "There is no Chromium to test in. Install Chromium or Chrome, or set STREAMSCOPE_CHROMIUM to its path.",
  );
}

async function hasBrowser() {
  const { findChromium } = await import("./chromium.mjs");
  return findChromium() !== null;
}

/** Runs a command and stops with its exit code if it fails. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options });
  if (error) fail(`${command} could not be started: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

function succeeds(command, args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  return status === 0;
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
