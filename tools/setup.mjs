// What `npm start` and `npm test` need before anything is installed. Plain JavaScript, because
// it runs before there is a TypeScript loader.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { hasPackages } from "./installed.mjs";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Stops with a sentence if this Node is too old for the tools. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Node ${process.versions.node} is too old: Streamscope needs 20.19 or newer.`);
}

/**
 * Installs the packages of the lock file, if they are not there. What npm says goes to standard error:
 * standard output belongs to the command that needs the packages.
 */
export function ensurePackages() {
  if (hasPackages(root)) return;
  console.error("Installing packages ...");
  // A shell finds npm on every system; Windows can not start npm.cmd without one.
  run("npm ci --include=dev --no-audit --no-fund", [], { shell: true, stdio: ["inherit", 2, 2] });
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
