// The endpoint's checks and tests: lint, format, types, then pytest with a report for the sum.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensurePython, python } from "./python.mjs";
import { root } from "./setup.mjs";

const report = join(root, "test-results", "endpoint.xml");

/**
 * The tests of the last run, from pytest's JUnit report.
 * @returns {{ passed: number, failed: number, failures: string[] }}
 */
export function countPytest() {
  const xml = readFileSync(report, "utf8");
  const [, errors, failed, skipped, tests] = (
    /<testsuite [^>]*errors="(\d+)" failures="(\d+)" skipped="(\d+)" tests="(\d+)"/.exec(xml) ?? []
  ).map(Number);
  const cases = xml.matchAll(
    /<testcase classname="([^"]*)" name="([^"]*)"[^>]*><(?:failure|error) message="([^"]*)"/g,
  );
  const failures = Array.from(cases, ([, file, name, message]) => `${file}: ${name}: ${plain(message)}`);
  return { passed: tests - errors - failed - skipped, failed: errors + failed, failures };
}

const entities = { lt: "<", gt: ">", quot: '"', amp: "&", "#10": "\n" };
const plain = (text) => text.replace(/&(lt|gt|quot|amp|#10);/g, (_, name) => entities[name]);

function check() {
  if (!ensurePython()) return false;
  const checks = [
    ["ruff", "check", "--quiet", "."],
    ["ruff", "format", "--quiet", "--check", "."],
    ["mypy"],
    ["pytest", "--quiet", `--junitxml=${report}`],
  ];
  // All of them run, whatever the first says.
  const cwd = join(root, "endpoint");
  const failed = checks.filter(
    (args) => spawnSync(python, ["-m", ...args], { cwd, stdio: "inherit" }).status !== 0,
  );
  for (const [name] of failed) console.error(`${name} found something in endpoint/.`);
  return failed.length === 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) process.exit(check() ? 0 : 1);
