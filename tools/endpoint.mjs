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
  const old = spawnSync(python, ["-c", "import sys; sys.exit(sys.version_info >= (3, 10))"]).status === 0;
  const { skipped, ...sum } = countReport(readFileSync(report, "utf8"), old);
  if (skipped > 0) console.log(`${skipped} of the endpoint's tests did not run.`);
  return sum;
}

/**
 * The tests of a JUnit report. One that was skipped has failed, except in an old Python, for which there
 * is no Ray, one that wants Ray.
 * @param {string} xml
 * @param {boolean} oldPython Before 3.10?
 * @returns {{ passed: number, failed: number, skipped: number, failures: string[] }}
 */
export function countReport(xml, oldPython) {
  const [, errors, failed, skipped, tests] = (
    /<testsuite [^>]*errors="(\d+)" failures="(\d+)" skipped="(\d+)" tests="(\d+)"/.exec(xml) ?? []
  ).map(Number);
  const cases = xml.matchAll(
    /<testcase classname="([^"]*)" name="([^"]*)"[^>]*><(failure|error|skipped) [^>]*?message="([^"]*)"/g,
  );
  const faults = Array.from(cases, ([, file, name, kind, message]) => ({
    text: `${file}: ${name}: ${kind === "skipped" ? "skipped: " : ""}${plain(message)}`,
    excused: kind === "skipped" && oldPython && message.startsWith("Ray is not installed"),
  }));
  const failures = faults.filter(({ excused }) => !excused).map(({ text }) => text);
  const excused = faults.length - failures.length;
  return {
    passed: tests - errors - failed - skipped,
    failed: errors + failed + skipped - excused,
    skipped,
    failures,
  };
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
