import { expect, it } from "vitest";
import { int } from "../../graph/datatype";
import { toChannelsLast } from "./layout";

it("puts the channels of a pixel together", () => {
  const planes = Float32Array.of(1, 2, 3, 4, 5, 6, -10, -20, -30, -40, -50, -60);
  expect(toChannelsLast(planes, { shape: [1, 2, 3, 2], datatype: int(8) })).toEqual(
    Int8Array.of(1, -10, 2, -20, 3, -30, 4, -40, 5, -50, 6, -60),
  );
});

it("leaves a vector as it is", () => {
  const vector = { shape: [1, 3], datatype: int(12) };
  expect(toChannelsLast(Float32Array.of(-2048, 0, 7), vector)).toEqual(Int16Array.of(-2048, 0, 7));
});
