import { expect, it } from "vitest";
import { int, uint } from "../../graph/datatype";
import { constant } from "../../graph/testing/tiny-graph";
import { Chain, stairs } from "../testing/chain";
import { describeContract } from "../testing/conformance";
import { mobilenetShaped } from "../testing/mobilenet";
import { Random } from "../testing/random";
import { createReferenceEngine } from "./engine";

describeContract("reference", createReferenceEngine);

it("feeds each node with what the one before put out", async () => {
  // Two pixels of two channels, padded with a row above; neurons: the sum, and the difference.
  const graph = new Chain("by hand", { shape: [1, 1, 2, 2], datatype: uint(8) })
    .pad(1, 0, 0, 0)
    .mvau(
      constant(int(2), [2, 2], [1, 1, 1, -1]),
      stairs([
        [3, 7],
        [-1, 1],
      ]),
      uint(2),
    )
    .window([2, 1], { depthwise: true })
    .pool([2, 1], 1)
    .whole()
    .mvau(constant(int(4), [3, 4], [1, 0, 0, 0, 0, 2, 0, 0, 1, 1, 1, 1]), null)
    .channelwise(constant(int(4), [3], [1, 0, -2]))
    .labelSelect(2)
    .graph();
  const engine = await createReferenceEngine(graph);
  const { taps, logits, top } = await engine.run(Uint8Array.of(1, 2, 5, 4), {
    taps: graph.nodes.map((node) => node.name),
  });
  const values = Object.fromEntries([...taps].map(([name, tap]) => [name, Array.from(tap.data)]));
  expect(values).toEqual({
    FMPadding_rtl_0: [0, 0, 0, 0, 1, 2, 5, 4],
    // Sums 0 0 3 9, differences 0 0 -1 1.
    MVAU_hls_0: [0, 1, 0, 1, 1, 1, 2, 2],
    ConvolutionInputGenerator_rtl_0: [0, 1, 1, 1, 0, 1, 2, 2],
    // (0+1)>>1, (1+1)>>1, (0+2)>>1, (1+2)>>1
    Pool_hls_0: [0, 1, 1, 1],
    ConvolutionInputGenerator_rtl_1: [0, 1, 1, 1],
    MVAU_rtl_0: [0, 2, 3],
    ChannelwiseOp_hls_0: [1, 2, 1],
    LabelSelect_hls_0: [1, 0],
  });
  expect(Array.from(logits)).toEqual([1, 2, 1]);
  expect(top).toEqual([
    { index: 1, logit: 2 },
    { index: 0, logit: 1 },
  ]);
});

it("lets the event loop in: a run that has started stops at an abort", async () => {
  const graph = mobilenetShaped({ seed: 1, width: 1 / 2, classes: 10 });
  const engine = await createReferenceEngine(graph);
  const controller = new AbortController();
  const run = engine.run(new Random(1).input(uint(8), graph.input.shape), { signal: controller.signal });
  setTimeout(() => controller.abort());
  await expect(run).rejects.toMatchObject({ code: "aborted" });
});
