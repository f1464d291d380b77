import { mapShape } from "../graph/dataflow";
import { type DataType, smallestDataType } from "../graph/datatype";
import { channelParameterResources } from "./channel-parameters";
import { divisors, type Folded, type HardwareModel, noResources, type Resources } from "./model";

type Thresholds = Folded<"Thresholding">;

/** Thresholds as a node of their own: PE channels a beat, the same shape in and out. */
export const thresholding: HardwareModel<"Thresholding"> = {
  legal: (node) => ({ PE: divisors(node.channels) }),
  foldedInput: foldedShape,
  foldedOutput: foldedShape,
  /** A beat a cycle; FINN: Thresholding.get_exp_cycles. */
  cycles({ node, folding: { PE } }) {
    const { height, width } = mapShape(node.input);
    return (node.channels / PE) * height * width;
  },
  resources(folded) {
    const { node, folding } = folded;
    if (node.impl === "rtl") return rtlResources(folded);
    return channelParameterResources({
      channels: node.channels,
      pe: folding.PE,
      inputBits: node.input.datatype.bits,
      ramStyle: folding.ram_style,
    });
  },
};

function foldedShape({ node, folding: { PE } }: Thresholds): readonly number[] {
  return [...node.input.shape.slice(0, -1), node.channels / PE, PE];
}

/** The type that thresholds are stored in: it holds them and every input. FINN: minimize_weight_bit_width. */
export function thresholdType({ node }: Thresholds): DataType {
  let { min, max } = node.input.datatype;
  for (const threshold of node.activation.thresholds.data) {
    min = Math.min(min, threshold);
    max = Math.max(max, threshold);
  }
  return smallestDataType(min, max);
}

interface Primitive {
  readonly resource: "uram" | "bram18" | "lut";
  /** Bits of a word. */
  readonly width: number;
  readonly depth: number;
}

/** Memories that FINN's RTL thresholding is built of; where two waste as little, the first is taken. */
const primitives: readonly Primitive[] = [
  { resource: "uram", width: 72, depth: 4096 },
  { resource: "uram", width: 36, depth: 8192 },
  { resource: "uram", width: 18, depth: 16384 },
  { resource: "uram", width: 9, depth: 32768 },
  { resource: "bram18", width: 36, depth: 512 },
  { resource: "bram18", width: 18, depth: 1024 },
  { resource: "bram18", width: 9, depth: 2048 },
  { resource: "lut", width: 1, depth: 64 },
];

/**
 * FINN: Thresholding_rtl.get_memory_estimate. The unit is a binary search, one stage a bit of the
 * output: stage x of each PE has a memory of `channels / PE * 2^x` thresholds.
 *
 * FINN's bram_estimation looks its sum up under a name that nothing is counted under, so it
 * reports no block RAM for these nodes; kept, to agree with FINN's reports.
 */
function rtlResources(folded: Thresholds): Resources {
  const { node, folding } = folded;
  const width = thresholdType(folded).bits;
  const used = { lut: 0, uram: 0, bram18: 0 };
  for (let stage = 0; stage < node.output.datatype.bits; stage++) {
    const depth = (node.channels / folding.PE) * 2 ** stage;
    const { resource, count } = cheapest(width, depth, allowed(depth, folding));
    used[resource] += folding.PE * count;
  }
  return { ...noResources, lut: used.lut, uram: used.uram };
}

function allowed(depth: number, folding: Thresholds["folding"]): readonly Primitive[] {
  const { depth_trigger_bram: bram, depth_trigger_uram: uram } = folding;
  if (bram === 0 && uram === 0) return primitives;
  if (depth >= uram) return primitives.filter(({ resource }) => resource === "uram");
  if (depth >= bram) return primitives.filter(({ resource }) => resource === "bram18");
  return primitives;
}

/** The primitive whose array over `width` x `depth` bits has the fewest bits; FINN: get_memutil_alternatives. */
function cheapest(width: number, depth: number, among: readonly Primitive[]) {
  return among
    .map((primitive) => {
      const count = Math.ceil(width / primitive.width) * Math.ceil(depth / primitive.depth);
      return { resource: primitive.resource, count, bits: count * primitive.width * primitive.depth };
    })
    .reduce((best, next) => (next.bits < best.bits ? next : best));
}
