import fc from "fast-check";
import { type Activation, type Constant, type DataflowGraph, mapShape } from "../../graph/dataflow";
import { type DataType, dataType, int, smallestDataType, uint } from "../../graph/datatype";
import { constant } from "../../graph/testing/tiny-graph";
import { Chain, windowSteps } from "./chain";
import { Random } from "./random";
import { randomWeights, spreadingThresholds } from "./random-layer";

/** A graph and the bytes of one frame for it. */
export interface EngineCase {
  readonly graph: DataflowGraph;
  readonly input: Uint8Array;
}

/** Sums stay below this in every layer, so that 32-bit floats hold them exactly too. */
const LARGEST_SUM = 2 ** 24;
/** Largest map side, so that a case runs in milliseconds. */
const LARGEST_SIDE = 14;
const LARGEST_FLAT = 600;

const inputType = fc.oneof(
  { weight: 3, arbitrary: fc.constant(uint(8)) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 8 }).map(uint) },
  { weight: 1, arbitrary: fc.integer({ min: 2, max: 8 }).map(int) },
  { weight: 1, arbitrary: fc.constant(dataType("BIPOLAR")) },
);
const weightType = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 2, max: 8 }).map(int) },
  { weight: 1, arbitrary: fc.constant(dataType("BIPOLAR")) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }).map(uint) },
);
const outputType = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 8 }).map(uint) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 8 }).map(int) },
);
const activation = fc.record({
  type: outputType,
  /** One step fewer than the type has: what a narrow quantizer gives. */
  narrow: fc.boolean(),
  spacing: fc.constantFrom("even" as const, "uneven" as const),
  /** Some rows get thresholds beyond what the accumulator reaches. */
  extremes: fc.boolean(),
  /** As a node of its own, after a node that puts out accumulators. */
  alone: fc.boolean(),
});
const channels = fc.integer({ min: 1, max: 9 });
const kernel = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }));
const small = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }));
const dilation = fc.oneof(
  { weight: 3, arbitrary: fc.constant<[number, number]>([1, 1]) },
  { weight: 1, arbitrary: small },
);
const margin = fc.integer({ min: 0, max: 3 });
const padding = fc.option(fc.tuple(margin, margin, margin, margin));

/** What one stage of the chain is made from; what does not fit the map at hand is made to fit or left out. */
const stage = fc.oneof(
  fc.record({
    kind: fc.constant("conv" as const),
    kernel,
    stride: small,
    dilation,
    padding,
    channels,
    weightType,
    activation,
  }),
  fc.record({
    kind: fc.constant("depthwise" as const),
    kernel,
    stride: small,
    dilation,
    padding,
    weightType,
    activation,
  }),
  fc.record({ kind: fc.constant("pointwise" as const), channels, weightType, activation }),
  fc.record({ kind: fc.constant("threshold" as const), activation }),
  fc.record({ kind: fc.constant("add" as const), activation }),
  fc.record({
    kind: fc.constant("pool" as const),
    kernel,
    stride: small,
    shift: fc.integer({ min: 0, max: 4 }),
  }),
);
type Stage = Made<typeof stage>;
type ActivationRecipe = Made<typeof activation>;

const recipe = fc.record({
  seed: fc.nat(),
  input: fc.record({
    type: inputType,
    height: fc.integer({ min: 1, max: LARGEST_SIDE }),
    width: fc.integer({ min: 1, max: LARGEST_SIDE }),
    channels: fc.integer({ min: 1, max: 7 }),
  }),
  stages: fc.array(stage, { maxLength: 4 }),
  classifier: fc.record({
    labels: fc.integer({ min: 1, max: 40 }),
    weightType,
    bias: fc.boolean(),
    k: fc.integer({ min: 1, max: 5 }),
  }),
});
type Recipe = Made<typeof recipe>;
type Made<A> = A extends fc.Arbitrary<infer T> ? T : never;

/**
 * Small random chains of every node kind: 1 to 8 bits (BIPOLAR weights and inputs among them),
 * signed and unsigned, odd channel counts, non-square maps and kernels, strides, dilation,
 * lopsided padding, thresholds that always or never fire. They end in a fully connected layer
 * (reading the whole map), at times a bias, and LabelSelect.
 */
export const arbitraryCase: fc.Arbitrary<EngineCase> = recipe.map(build);

function build({ seed, input, stages, classifier }: Recipe): EngineCase {
  const random = new Random(seed);
  const shape = [1, input.height, input.width, input.channels];
  const chain = new Chain("random", { shape, datatype: input.type });
  for (const each of stages) appendStage(chain, random, each);
  appendClassifier(chain, random, classifier);
  return { graph: chain.graph(), input: random.input(input.type, shape) };
}

function appendStage(chain: Chain, random: Random, stage: Stage): void {
  switch (stage.kind) {
    case "conv":
      appendWindow(chain, stage, false);
      appendMvau(chain, random, stage.channels, stage.weightType, stage.activation);
      break;
    case "depthwise": {
      const kernel = appendWindow(chain, stage, true);
      appendVvau(chain, random, kernel, stage.weightType, stage.activation);
      break;
    }
    case "pointwise":
      appendMvau(chain, random, stage.channels, stage.weightType, stage.activation);
      break;
    case "threshold":
      appendThresholding(chain, random, stage.activation);
      break;
    case "add":
      appendBias(chain, random);
      appendThresholding(chain, random, stage.activation);
      break;
    case "pool":
      appendPool(
        chain,
        appendWindow(chain, { ...stage, dilation: [1, 1], padding: null }, true),
        stage.shift,
      );
  }
}

interface WindowRecipe {
  readonly kernel: [number, number];
  readonly stride: [number, number];
  readonly dilation: [number, number];
  readonly padding: [number, number, number, number] | null;
}

/** Pads (where the type has a zero) and slides a window that fits; returns its kernel. */
function appendWindow(chain: Chain, { kernel, stride, dilation, padding }: WindowRecipe, depthwise: boolean) {
  if (padding && chain.output.datatype.name !== "BIPOLAR") chain.pad(...padding);
  const { height, width } = mapShape(chain.output);
  const fitting = [
    sideThatFits(kernel[0], height, dilation[0]),
    sideThatFits(kernel[1], width, dilation[1]),
  ] as const;
  chain.window(fitting, { stride, dilation, depthwise });
  return fitting;
}

/** The largest kernel side up to `kernel` of which one window fits. */
function sideThatFits(kernel: number, size: number, dilation: number): number {
  return windowSteps(size, kernel, 1, dilation) >= 1 ? kernel : sideThatFits(kernel - 1, size, dilation);
}

/** Shifts at least as far as gives 8 bits. */
function appendPool(chain: Chain, kernel: readonly [number, number], shift: number): void {
  const { min, max } = chain.output.datatype;
  const sum = smallestDataType(min * kernel[0] * kernel[1], max * kernel[0] * kernel[1]);
  chain.pool(kernel, Math.max(shift, sum.bits - 8));
}

function appendMvau(chain: Chain, random: Random, neurons: number, type: DataType, recipe: ActivationRecipe) {
  const synapses = mapShape(chain.output).channels;
  const weights = randomWeights(random, affordable(type, chain.output.datatype, synapses), [
    neurons,
    synapses,
  ]);
  if (recipe.alone) {
    chain.mvau(weights, null);
    appendThresholding(chain, random, recipe);
    return;
  }
  chain.mvau(weights, randomActivation(random, weights, chain.output.datatype, recipe), recipe.type);
}

function appendVvau(
  chain: Chain,
  random: Random,
  kernel: readonly [number, number],
  type: DataType,
  recipe: ActivationRecipe,
) {
  const size = kernel[0] * kernel[1];
  const shape = [mapShape(chain.output).channels / size, size];
  const weights = randomWeights(random, affordable(type, chain.output.datatype, size), shape);
  if (recipe.alone) {
    chain.vvau(kernel, weights, null);
    appendThresholding(chain, random, recipe);
    return;
  }
  chain.vvau(kernel, weights, randomActivation(random, weights, chain.output.datatype, recipe), recipe.type);
}

/** Thresholds over whatever streams by: as for a neuron with a single weight of 1. */
function appendThresholding(chain: Chain, random: Random, recipe: ActivationRecipe) {
  const { channels } = mapShape(chain.output);
  const ones = constant(
    int(2),
    [channels, 1],
    Array.from({ length: channels }, () => 1),
  );
  chain.thresholding(randomActivation(random, ones, chain.output.datatype, recipe), recipe.type);
}

function appendBias(chain: Chain, random: Random) {
  const { channels } = mapShape(chain.output);
  chain.channelwise(randomWeights(random, int(random.integer(2, 12)), [channels]));
}

function appendClassifier(chain: Chain, random: Random, recipe: Recipe["classifier"]) {
  const { height, width, channels } = mapShape(chain.output);
  if (height * width * channels > LARGEST_FLAT) {
    chain.window([height, width], { depthwise: true });
    appendPool(chain, [height, width], 0);
  }
  chain.whole();
  const synapses = mapShape(chain.output).channels;
  const type = affordable(recipe.weightType, chain.output.datatype, synapses);
  chain.mvau(randomWeights(random, type, [recipe.labels, synapses]), null);
  if (recipe.bias) appendBias(chain, random);
  chain.labelSelect(Math.min(recipe.k, recipe.labels));
}

/** The weight type, or BIPOLAR if its sums could pass `LARGEST_SUM`. */
function affordable(type: DataType, input: DataType, synapses: number): DataType {
  const product = Math.max(-type.min, type.max) * Math.max(-input.min, input.max);
  return product * synapses < LARGEST_SUM ? type : dataType("BIPOLAR");
}

function randomActivation(
  random: Random,
  weights: Constant,
  input: DataType,
  recipe: ActivationRecipe,
): Activation {
  const steps = Math.max(1, recipe.type.max - recipe.type.min - (recipe.narrow ? 1 : 0));
  const actVal = recipe.type.signed ? recipe.type.max - steps : 0;
  const spread = spreadingThresholds(random, weights, input, steps, { spacing: recipe.spacing, jitter: 1 });
  if (!recipe.extremes) return { thresholds: spread, actVal };
  const wide = smallestDataType(-LARGEST_SUM, LARGEST_SUM);
  const values = Array.from(spread.data);
  const [rows = 0] = spread.shape;
  for (let row = 0; row < rows; row++) {
    // Ascending stays ascending: the lowest ones always fire, the highest ones never.
    const always = random.integer(0, steps);
    const never = random.integer(0, steps - always);
    values.fill(-LARGEST_SUM, row * steps, row * steps + always);
    values.fill(LARGEST_SUM, (row + 1) * steps - never, (row + 1) * steps);
  }
  return { thresholds: constant(wide, spread.shape, values), actVal };
}
