import { expect, test } from "vitest";
import { countReport } from "./python-checks.mjs";

const testcase = (name: string, inside = "") =>
  `<testcase classname="tests.test_a" name="${name}" time="0.1">${inside}</testcase>`;
const skipped = (why: string) =>
  `<skipped type="pytest.skip" message="${why}">/endpoint/tests/test_a.py:7: ${why}</skipped>`;
const report = (skips: number, ...cases: string[]) =>
  `<testsuites><testsuite name="pytest" errors="0" failures="1" skipped="${skips}" tests="${cases.length}" time="1">` +
  `${cases.join("")}</testsuite></testsuites>`;

const failed = testcase("bad", '<failure message="assert 1 &lt; 0">trace</failure>');

test("passed and failed tests are counted", () => {
  expect(countReport(report(0, testcase("good"), failed), () => true)).toEqual({
    passed: 1,
    failed: 1,
    skipped: 0,
    failures: ["tests.test_a: bad: assert 1 < 0"],
  });
});

test("a skipped test has failed, unless its reason is an excuse", () => {
  const xml = report(
    2,
    testcase("good"),
    failed,
    testcase("ray", skipped("Ray is not installed: pip install -e '.[ray]'")),
    testcase("yaml", skipped("could not import 'yaml'")),
  );
  const strict = countReport(xml, () => false);
  expect([strict.passed, strict.failed, strict.skipped]).toEqual([1, 3, 2]);
  expect(strict.failures.at(-1)).toBe("tests.test_a: yaml: skipped: could not import 'yaml'");
  const excused = countReport(xml, (reason) => reason.startsWith("Ray is not installed"));
  expect([excused.passed, excused.failed, excused.skipped]).toEqual([1, 2, 2]);
  expect(excused.failures).toHaveLength(2);
});
