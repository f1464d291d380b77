import { expect, test } from "vitest";
import { serverWords } from "./server-words";

const words = (text: string) => serverWords(new TextEncoder().encode(text));

test.each([
  ['{"error": "queue is full"}', "queue is full"],
  ['{"detail": "Not Found"}', "Not Found"],
  ["no healthy upstream\n", "no healthy upstream"],
  ['{"error": {"code": 1}}', ""],
  ['{"other": "x"}', ""],
  ["null", "null"],
  ["<!doctype html><title>502</title>", ""],
  ['{"error": "cut', ""],
  ["", ""],
  ["two\r\n\tlines\u0000 and \u202eturned", "two lines and turned"],
])("%j says %j", (body, said) => {
  expect(words(body)).toBe(said);
});

test("a long one is cut between characters", () => {
  expect(words(JSON.stringify({ error: "😀".repeat(500) }))).toBe(`${"😀".repeat(200)}…`);
});

test("bytes that are no text harm nothing", () => {
  expect(serverWords(Uint8Array.of(0xff, 0x41, 0xfe))).toBe("A");
});
