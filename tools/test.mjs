// `npm test`: installs what is missing, then runs every check and every suite, and ends with
// the sum. `npm test -- node e2e` runs only the named steps.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { countEndpoint } from "./endpoint.mjs";
import { ensureBrowser, ensurePackages, requireNode, root } from "./setup.mjs";
import { countTraining } from "./training.mjs";

const reports = join(root, "test-results");
const bin = (name, file) => join(root, "node_modules", name, file);

/** Each step is a command of an installed tool; those with a report count its tests, the others count as one. */
const steps = [
  { name: "types", tool: bin("typescript", "bin/tsc"), args: [] },
  { name: "lint", tool: bin("@biomejs/biome", "bin/biome"), args: ["ci", "--error-on-warnings", "."] },
  { name: "rooms", tool: bin("dependency-cruiser", "bin/dependency-cruise.mjs"), args: ["src", "cli"] },
  { name: "unused", tool: bin("knip", "bin/knip.js"), args: [] },
  vitest("node"),
  vitest("browser"),
  { name: "endpoint", tool: join(root, "tools", "endpoint.mjs"), args: [], count: countEndpoint },
  { name: "training", tool: join(root, "tools", "training.mjs"), args: [], count: countTraining },
  { name: "build", tool: bin("vite", "bin/vite.js"), args: ["build", "--logLevel", "warn"] },
  { name: "size", tool: bin("size-limit", "bin.js"), args: [] },
  { name: "e2e", tool: bin("@playwright/test", "cli.js"), args: ["test"], count: countPlaywright },
];

function vitest(project) {
  const file = join(reports, `vitest-${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  return {
    name: project,
    tool: bin("vitest", "vitest.mjs"),
    args: ["run", "--project", project, ...reporters],
    count: () => {
      const report = JSON.parse(readFileSync(file, "utf8"));
      const { numPassedTests, numFailedTests, numFailedTestSuites, testResults } = report;
      const failures = testResults.flatMap(({ name, status, message, assertionResults }) => {
        const failed = assertionResults.filter((test) => test.status === "failed");
        const place = relative(root, name);
        if (failed.length === 0 && status === "failed") return [`${place}: ${message}`];
        return failed.map((test) => `${place}: ${test.fullName}: ${test.failureMessages[0]}`);
      });
      // A file that fails to load has no tests; it still failed.
      return { passed: numPassedTests, failed: numFailedTests || numFailedTestSuites, failures };
    },
  };
}

function countPlaywright() {
  const { stats, suites } = JSON.parse(readFileSync(join(reports, "e2e.json"), "utf8"));
  const specsOf = (suite) => [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];
  const failures = suites
    .flatMap(specsOf)
    .filter(({ ok }) => !ok)
    .map(({ file, title, tests }) => {
      const errors = tests.flatMap(({ results }) => results.flatMap(({ error }) => error?.message ?? []));
      return `${file}: ${title}: ${errors[0]}`;
    });
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, failures };
}

function runStep({ name, tool, args, count }) {
  console.log(`\n== ${name}`);
  const began = performance.now();
  const { status } = spawnSync(process.execPath, [tool, ...args], { cwd: root, stdio: "inherit" });
  let sum = { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 };
  if (count) {
    try {
      sum = count();
      // A suite that ran nothing, or that broke outside its tests, has not passed.
      if (sum.failed === 0 && (status !== 0 || sum.passed === 0)) sum.failed = 1;
    } catch {
      sum = { passed: 0, failed: 1 };
    }
  }
  return { name, seconds: (performance.now() - began) / 1000, ...sum };
}

requireNode();
ensurePackages();
await ensureBrowser();

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !steps.some((step) => step.name === name));
if (unknown) {
  console.error(`There is no step "${unknown}". Steps: ${steps.map((step) => step.name).join(", ")}.`);
  process.exit(1);
}
if (existsSync(reports)) rmSync(reports, { recursive: true });
mkdirSync(reports);

const results = steps.filter((step) => wanted.length === 0 || wanted.includes(step.name)).map(runStep);
// Again at the end, where one looks first.
for (const { name, failures = [] } of results) {
  for (const failure of failures) console.log(`\nFAILED ${name}: ${stripVTControlCharacters(failure)}`);
}
console.log("");
for (const { name, passed, failed, seconds } of results) {
  console.log(`${name.padEnd(8)} ${passed} passed, ${failed} failed (${seconds.toFixed(0)} s)`);
}
const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
console.log(`${total("passed")} passed, ${total("failed")} failed`);
process.exit(total("failed") > 0 ? 1 : 0);
