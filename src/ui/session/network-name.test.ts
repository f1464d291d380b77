import { expect, test } from "vitest";
import { networkName } from "./network-name";

test.each([
  ["cifar.onnx", "cifar"],
  ["My Net.ONNX", "My Net"],
  ["net", "net"],
  ["https://example.test/nets/cifar.onnx?raw=1#top", "cifar"],
  ["https://example.test/a%20b.onnx", "a b"],
  ["https://example.test/%zz.onnx", "%zz"],
  ["https://example.test/", "network"],
  [".onnx", "network"],
])("%s holds %s", (origin, name) => {
  expect(networkName(origin)).toBe(name);
});
