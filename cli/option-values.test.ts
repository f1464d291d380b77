import { InvalidArgumentError } from "commander";
import { describe, expect, test } from "vitest";
import { parseBoard, parseCount, parseFolder, parsePositive } from "./option-values";

test("boards are found in capitals or not", () => {
  expect(parseBoard("U250").name).toBe("U250");
  expect(parseBoard("zcu104").name).toBe("ZCU104");
});

test("numbers are read", () => {
  expect(parseCount("16")).toBe(16);
  expect(parsePositive("2.5e3")).toBe(2500);
});

describe("refused", () => {
  test.each([
    { parse: parseBoard, text: "Pynq-Z1", says: "The boards are U250, ZCU102, ZCU104." },
    { parse: parseCount, text: "1.5", says: "whole number from 1" },
    { parse: parseCount, text: "", says: "whole number from 1" },
    { parse: parsePositive, text: "", says: "above 0" },
    { parse: parsePositive, text: "0", says: "above 0" },
    { parse: parsePositive, text: "Infinity", says: "above 0" },
    { parse: parsePositive, text: "3ns", says: "above 0" },
    { parse: parseFolder, text: " ", says: "must name a folder" },
  ])("$parse.name of '$text'", ({ parse, text, says }) => {
    expect(() => parse(text)).toThrow(InvalidArgumentError);
    expect(() => parse(text)).toThrow(says);
  });
});
