import { expect, it } from "vitest";
import { int, uint } from "../graph/datatype";
import { constant } from "../graph/testing/tiny-graph";
import { checkTaps, readInput } from "./input";
import { Chain } from "./testing/chain";

const graphOf = (chain: Chain) =>
  chain
    .mvau(constant(int(2), [1, 3], [1, 0, -1]), null)
    .labelSelect(1)
    .graph();
const pixels = graphOf(new Chain("pixels", { shape: [1, 3], datatype: uint(8) }));

it("copies the bytes", () => {
  const bytes = Uint8Array.of(1, 2, 255);
  const values = readInput(pixels, bytes);
  expect(values).toEqual(bytes);
  bytes[0] = 9;
  expect(values[0]).toBe(1);
});

it("reads signed and wide types from the bytes of their arrays", () => {
  const signed = graphOf(new Chain("signed", { shape: [1, 3], datatype: int(8) }));
  expect(readInput(signed, Uint8Array.of(1, 128, 255))).toEqual(Int8Array.of(1, -128, -1));
  const wide = graphOf(new Chain("wide", { shape: [1, 3], datatype: int(12) }));
  expect(readInput(wide, Uint8Array.of(1, 2, 255, 255, 0, 0))).toEqual(Int16Array.of(513, -1, 0));
});

it("refuses what the hardware could not be given", () => {
  expect(() => readInput(pixels, new Uint8Array(4))).toThrow(
    "pixels takes 3 bytes (1 x 3 UINT8), but got 4.",
  );
  const narrow = graphOf(new Chain("narrow", { shape: [1, 3], datatype: uint(4) }));
  expect(() => readInput(narrow, Uint8Array.of(15, 16, 0))).toThrow("Input value 16 at position 1");
});

it("names the tap that is no node", () => {
  expect(() => checkTaps(pixels, ["MVAU_rtl_0", "MVAU_rtl_1"])).toThrow('no node named "MVAU_rtl_1"');
  expect(() => checkTaps(pixels, ["MVAU_rtl_0"])).not.toThrow();
});
