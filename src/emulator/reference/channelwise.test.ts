import { expect, it } from "vitest";
import { int } from "../../graph/datatype";
import { constant } from "../../graph/testing/tiny-graph";
import { Chain } from "../testing/chain";
import { lastNode } from "../testing/last-node";
import { channelwise } from "./channelwise";

it("adds a channel's number to each of its values, in a type that holds the sums", () => {
  const chain = new Chain("test", { shape: [1, 1, 2, 2], datatype: int(8) }).channelwise(
    constant(int(8), [2], [-128, 100]),
  );
  const output = channelwise(lastNode(chain, "ChannelwiseOp"), Int8Array.of(-128, 127, 0, -1));
  expect(output).toEqual(Int16Array.of(-256, 227, -128, 99));
});
