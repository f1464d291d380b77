import { expect, test } from "vitest";
import { mostImages } from "./most-images";
import { smallInfo } from "./testing/small-model";

const taking = (binary: boolean, shape: readonly number[]) => {
  const info = smallInfo(binary);
  return mostImages({ ...info, model: { ...info.model, input: { ...info.model.input, shape } } });
};

test("bytes go in any number, a fixed batch in its own, JSON in so many as are quickly written", () => {
  expect(taking(true, [-1, 224, 224, 3])).toBe(Number.POSITIVE_INFINITY);
  expect(taking(true, [1, 224, 224, 3])).toBe(1);
  expect(taking(false, [8, 224, 224, 3])).toBe(8);
  // 224 x 224 x 3 bytes, of up to four characters each, in 4 MiB.
  expect(taking(false, [-1, 224, 224, 3])).toBe(6);
  expect(taking(false, [-1, 4096, 4096, 3])).toBe(1);
});
