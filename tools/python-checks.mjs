// The checks and tests of a Python package: lint, format, types, then pytest with a report for the sum.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ensurePython, pythonOf } from "./python.mjs";
import { root } from "./setup.mjs";

/** @typedef {import("./environments.mjs").Environment} Environment */

const reportOf = ({ folder }) => join(root, "test-results", `${basename(folder)}.xml`);

/**
 * Runs them all, whatever the first says.
 * @param {Environment} environment
 * @returns {boolean} Is all well?
 */
export function runChecks(environment) {
  if (!ensurePython(environment)) return false;
  const checks = [
    ["ruff", "check", "--quiet", "."],
    ["ruff", "format", "--quiet", "--check", "."],
    ["mypy"],
    ["pytest", "--quiet", `--junitxml=${reportOf(environment)}`],
  ];
  const options = { cwd: environment.folder, stdio: "inherit" };
  const failed = checks.filter(
    (args) => spawnSync(pythonOf(environment), ["-m", ...args], options).status !== 0,
  );
  for (const [name] of failed) console.error(`${name} found something in ${basename(environment.folder)}/.`);
  return failed.length === 0;
}

/**
 * The tests of the last run, from pytest's report.
 * @param {Environment} environment
 * @param {(reason: string) => boolean} isExcused May a test be skipped for this reason?
 * @returns {{ passed: number, failed: number, failures: string[] }}
 */
export function countTests(environment, isExcused) {
  const { skipped, ...sum } = countReport(readFileSync(reportOf(environment), "utf8"), isExcused);
  if (skipped > 0) console.log(`${skipped} of the tests of ${environment.name} did not run.`);
  return sum;
}

/**
 * The tests of a JUnit report. One that was skipped has failed, unless there is an excuse.
 * @param {string} xml
 * @param {(reason: string) => boolean} isExcused
 * @returns {{ passed: number, failed: number, skipped: number, failures: string[] }}
 */
export function countReport(xml, isExcused) {
  const [, errors, failed, skipped, tests] = (
    /<testsuite [^>]*errors="(\d+)" failures="(\d+)" skipped="(\d+)" tests="(\d+)"/.exec(xml) ?? []
  ).map(Number);
  const cases = xml.matchAll(
    /<testcase classname="([^"]*)" name="([^"]*)"[^>]*><(failure|error|skipped) [^>]*?message="([^"]*)"/g,
  );
  const faults = Array.from(cases, ([, file, name, kind, message]) => ({
    text: `${file}: ${name}: ${kind === "skipped" ? "skipped: " : ""}${plain(message)}`,
    excused: kind === "skipped" && isExcused(plain(message)),
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
