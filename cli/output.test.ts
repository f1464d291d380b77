import { expect, test } from "vitest";
import { type Output, plainScreen, rate, screenOf, silent } from "./output";

test.each([
  {
    what: "a terminal",
    stream: { isTTY: true, columns: 132 },
    env: {},
    screen: { columns: 132, rich: true },
  },
  {
    what: "a terminal of unknown width",
    stream: { isTTY: true, columns: 0 },
    env: { NO_COLOR: "" },
    screen: { columns: 80, rich: true },
  },
  {
    what: "a terminal without colours",
    stream: { isTTY: true, columns: 132 },
    env: { NO_COLOR: "1" },
    screen: { columns: 132, rich: false },
  },
  {
    what: "a dumb terminal",
    stream: { isTTY: true, columns: 132 },
    env: { TERM: "dumb" },
    screen: { columns: 132, rich: false },
  },
  { what: "a pipe", stream: { columns: 132 }, env: {}, screen: plainScreen },
])("what $what can show", ({ stream, env, screen }) => {
  expect(screenOf(stream, env)).toEqual(screen);
});

test("a silent output still complains", () => {
  const said: string[] = [];
  const output: Output = { print: (line) => said.push(line), complain: (line) => said.push(line) };
  silent(output).print("a result");
  silent(output).complain("a problem");
  expect(said).toEqual(["a problem"]);
});

test("rates have groups and one decimal", () => {
  expect([2993.83, 0.04, 1e6].map(rate)).toEqual([
    "2,993.8 frames/s",
    "0.0 frames/s",
    "1,000,000.0 frames/s",
  ]);
});
