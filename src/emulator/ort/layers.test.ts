import { expect, it } from "vitest";
import { int, uint } from "../../graph/datatype";
import { constant } from "../../graph/testing/tiny-graph";
import { Chain, stairs } from "../testing/chain";
import { mobilenetShaped } from "../testing/mobilenet";
import { layersOf } from "./layers";

const map = () => new Chain("test", { shape: [1, 6, 6, 1], datatype: uint(4) });
const weights = (mh: number, mw: number) => constant(int(2), [mh, mw], new Array(mh * mw).fill(1));

it("joins padding and sliding window to the layer that reads them", () => {
  const chain = map()
    .pad(1, 2, 3, 4)
    .pad(1, 0, 0, 0)
    .window([3, 2], { stride: [2, 1] });
  const layers = layersOf(chain.mvau(weights(2, 6), null).mvau(weights(3, 2), null).graph());
  expect(layers).toMatchObject([
    {
      node: { name: "MVAU_rtl_0" },
      pad: { top: 2, left: 2, bottom: 3, right: 4 },
      window: { kernel: [3, 2], stride: [2, 1] },
    },
    { node: { name: "MVAU_rtl_1" }, pad: { top: 0, left: 0, bottom: 0, right: 0 }, window: null },
  ]);
});

it("makes 31 layers of MobileNet's 59 nodes", () => {
  expect(layersOf(mobilenetShaped({ seed: 1, width: 1 / 8, inputSize: 64 }))).toHaveLength(31);
});

it.each([
  ["a window over windows", map().window([2, 2]).window([2, 2]), "ConvolutionInputGenerator_rtl_1"],
  ["padded windows", map().window([2, 2]).pad(1, 1, 1, 1), "FMPadding_rtl_0"],
  [
    "thresholds on windows",
    map()
      .window([2, 1])
      .thresholding(stairs([[1], [2]]), uint(1)),
    "Thresholding_rtl_0",
  ],
  [
    "a depthwise layer without its window",
    map().vvau([1, 1], weights(1, 1), null).pool([2, 2], 0),
    "Pool_hls_0",
  ],
])("refuses %s, by name", (_, chain, name) => {
  expect(() => layersOf(chain.graph())).toThrow(
    expect.objectContaining({ code: "unsupported-model", message: expect.stringContaining(name) }),
  );
});
