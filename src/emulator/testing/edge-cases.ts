import type { DataflowGraph } from "../../graph/dataflow";
import { dataType, int, uint } from "../../graph/datatype";
import { constant } from "../../graph/testing/tiny-graph";
import type { EngineCase } from "./arbitrary-graph";
import { Chain, stairs } from "./chain";
import { mobilenetShaped } from "./mobilenet";
import { Random } from "./random";
import { randomWeights, spreadingThresholds } from "./random-layer";

/** Graphs at the limits of what a node can be, each small enough to think through. */
export const edgeCases: readonly (EngineCase & { readonly name: string })[] = [
  {
    name: "a single value, a single class",
    graph: bytes([1, 1])
      .mvau(constant(int(2), [1, 1], [1]), null)
      .labelSelect(1)
      .graph(),
    input: Uint8Array.of(200),
  },
  {
    name: "equal logits: the lower index first",
    graph: bytes([1, 2])
      .mvau(constant(int(3), [6, 2], [1, 1, 2, 0, 1, 1, 0, 2, 1, 1, 2, 1]), null)
      .labelSelect(5)
      .graph(),
    input: Uint8Array.of(40, 40),
  },
  {
    name: "all logits zero, as many labels as classes",
    graph: bytes([1, 3])
      .mvau(constant(int(4), [4, 3], new Array(12).fill(0)), null)
      .labelSelect(4)
      .graph(),
    input: Uint8Array.of(1, 2, 3),
  },
  {
    name: "negative logits and biases",
    graph: bytes([1, 2])
      .mvau(constant(int(4), [3, 2], [-1, -2, -3, 0, -1, -1]), null)
      .channelwise(constant(int(8), [3], [-100, 20, 0]))
      .labelSelect(2)
      .graph(),
    input: Uint8Array.of(255, 1),
  },
  {
    name: "a threshold met exactly, missed by one, doubled, always and never reached",
    graph: classified(
      bytes([1, 1, 1, 1]).mvau(
        constant(int(2), [6, 1], [1, 1, 1, 1, 1, 1]),
        stairs([
          [100, 100, 101],
          [99, 100, 2 ** 31 - 1],
          [101, 102, 103],
          [-(2 ** 31), -1, 0],
          [-(2 ** 31), -(2 ** 31), -(2 ** 31)],
          [2 ** 31 - 1, 2 ** 31 - 1, 2 ** 31 - 1],
        ]),
        uint(2),
      ),
    ),
    input: Uint8Array.of(100),
  },
  {
    name: "255 thresholds with uneven gaps, signed output",
    graph: classified(
      bytes([1, 4, 4, 1]).thresholding(
        stairs([Array.from({ length: 255 }, (_, i) => Math.floor((i * i) / 255))], -128),
        int(8),
      ),
    ),
    input: new Random(1).input(uint(8), [16]),
  },
  {
    name: "1-bit weights and 1-bit activations",
    graph: classified(
      bytes([1, 3, 3, 5])
        .thresholding(stairs([[128], [1], [255], [64], [200]]), uint(1))
        .mvau(
          randomWeights(new Random(2), dataType("BIPOLAR"), [7, 5]),
          stairs(new Array(7).fill([0]), -1),
          int(1),
        ),
    ),
    input: new Random(3).input(uint(8), [45]),
  },
  {
    name: "8-bit weights on raw pixels, dilated, strided, padded on one side only",
    graph: classified(
      convolution(bytes([1, 9, 11, 3]).pad(0, 2, 3, 0), new Random(4), [3, 2], {
        stride: [2, 3],
        dilation: [2, 3],
      }),
    ),
    input: new Random(5).input(uint(8), [9 * 11 * 3]),
  },
  {
    name: "padding wider than the kernel: some windows see zeros only",
    graph: classified(convolution(bytes([1, 2, 3, 1]).pad(4, 4, 4, 4), new Random(6), [2, 3], {})),
    input: new Random(7).input(uint(8), [6]),
  },
  {
    name: "a signed input map",
    graph: classified(
      convolution(
        new Chain("signed", { shape: [1, 5, 4, 3], datatype: int(8) }).pad(1, 1, 1, 1),
        new Random(8),
        [3, 3],
        {},
      ),
    ),
    input: new Random(9).input(int(8), [60]),
  },
  {
    name: "a pool of negative values rounds down",
    graph: classified(
      new Chain("signed pool", { shape: [1, 4, 6, 2], datatype: int(5) })
        .window([2, 3], { stride: [2, 3], depthwise: true })
        .pool([2, 3], 2),
    ),
    input: new Random(10).input(int(5), [48]),
  },
  {
    name: "a map read as one vector",
    graph: convolution(bytes([1, 5, 4, 3]), new Random(13), [2, 2], {})
      .flatten()
      .mvau(
        randomWeights(new Random(14), int(3), [7, 60]),
        stairs(
          Array.from({ length: 7 }, (_, i) => [-20, i, 30]),
          -1,
        ),
        int(3),
      )
      .mvau(randomWeights(new Random(15), int(4), [6, 7]), null)
      .labelSelect(3)
      .graph(),
    input: new Random(16).input(uint(8), [60]),
  },
  { name: "a small MobileNet", ...smallMobilenet() },
];

/**
 * Sums beyond 2^24: exact in 32-bit integers, not in 32-bit floats. An engine gives the right
 * integers or refuses the graph with `unsupported-model`.
 */
export const hugeSums: EngineCase = {
  graph: bytes([1, 600])
    .mvau(constant(int(8), [2, 600], [...new Array(600).fill(127), ...new Array(600).fill(-127)]), null)
    .labelSelect(2)
    .graph(),
  input: new Uint8Array(600).fill(255).fill(254, 0, 1),
};

function bytes(shape: readonly number[]): Chain {
  return new Chain("edge", { shape, datatype: uint(8) });
}

/** A convolution of five neurons with thresholds that spread. */
function convolution(
  chain: Chain,
  random: Random,
  kernel: readonly [number, number],
  window: Parameters<Chain["window"]>[1],
): Chain {
  chain.window(kernel, window);
  const weights = randomWeights(random, int(8), [5, chain.output.shape.at(-1) ?? 0]);
  const thresholds = spreadingThresholds(random, weights, chain.output.datatype, 15);
  return chain.mvau(weights, { thresholds, actVal: 0 }, uint(4));
}

/** Ends a chain: the whole map into six classes. */
function classified(chain: Chain): DataflowGraph {
  chain.whole();
  const synapses = chain.output.shape.at(-1) ?? 0;
  return chain
    .mvau(randomWeights(new Random(99), int(4), [6, synapses]), null)
    .labelSelect(3)
    .graph();
}

function smallMobilenet(): EngineCase {
  const graph = mobilenetShaped({ seed: 11, width: 1 / 8, inputSize: 64, classes: 30 });
  return { graph, input: new Random(12).input(uint(8), graph.input.shape) };
}
