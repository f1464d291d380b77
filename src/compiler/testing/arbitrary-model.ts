import fc from "fast-check";
import { int, ints, string } from "../../onnx/attributes";
import type { OnnxModel, Tensor } from "../../onnx/model";
import { float32Tensor, int64Tensor, scalarTensor, sizeOfShape } from "../../onnx/tensor";
import { ModelChain, type TypedTensor } from "./chain";

/** A network in FINN's dialect, and where its integers are to be found. */
export interface ModelCase {
  readonly model: OnnxModel;
  /** Tensors that hold the integers of each activation and pool, in stream order: NCHW or [1, n]. */
  readonly activations: readonly string[];
  /** Tensor of the logits, and what an integer logit of 1 is there. */
  readonly logits: string;
  readonly logitUnit: number;
}

/**
 * Every number in these networks is a small integer times a power of two, so that float32
 * computes them exactly, in whatever order. Their integers must then come out of the compiled
 * graph without exception, values on a threshold among them.
 */
const exponent = fc.integer({ min: -4, max: 2 });

const activation = fc.record({
  bits: fc.integer({ min: 1, max: 5 }),
  signed: fc.boolean(),
  /** One scale a channel: where a depthwise layer follows, else one for all. */
  perChannel: fc.boolean(),
  exponent,
});
const affine = fc.record({
  perChannel: fc.boolean(),
  batchNorm: fc.boolean(),
  /** Some gains are negative, some zero. */
  signs: fc.constantFrom("positive" as const, "mixed" as const, "with zeros" as const),
  exponent,
});
const weightBits = fc.integer({ min: 1, max: 8 });
const side = fc.integer({ min: 1, max: 3 });
const pads: fc.Arbitrary<readonly number[]> = fc.oneof(
  fc.constant([0, 0, 0, 0]),
  fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 4, maxLength: 4 }),
);
const window = {
  kernel: fc.tuple(side, side),
  stride: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
  dilation: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.constant(1)),
  pads,
};
const mapStage = fc.oneof(
  fc.record({
    kind: fc.constant("conv" as const),
    ...window,
    channels: fc.integer({ min: 1, max: 5 }),
    weightBits,
    affine,
    activation,
  }),
  fc.record({ kind: fc.constant("depthwise" as const), ...window, weightBits, affine, activation }),
  fc.record({
    kind: fc.constant("pool" as const),
    size: fc.integer({ min: 1, max: 3 }),
    bits: fc.integer({ min: 1, max: 6 }),
  }),
  fc.record({ kind: fc.constant("requantise" as const), activation }),
);
const dense = fc.record({ neurons: fc.integer({ min: 1, max: 6 }), weightBits, affine, activation });

const design = fc.record({
  seed: fc.nat(2 ** 31 - 2),
  inputBits: fc.integer({ min: 1, max: 8 }),
  /** Channels, height and width; null for a vector. */
  map: fc.option(
    fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })),
  ),
  length: fc.integer({ min: 1, max: 12 }),
  preprocessing: fc.boolean(),
  mapStages: fc.array(mapStage, { maxLength: 4 }),
  dense: fc.array(dense, { maxLength: 2 }),
  classes: fc.integer({ min: 1, max: 7 }),
  bias: fc.boolean(),
  classifierExponent: exponent,
});
type Design = typeof design extends fc.Arbitrary<infer D> ? D : never;
type MapStage = Design["mapStages"][number];
type Affine = Design["dense"][number]["affine"];
type Activation = Design["dense"][number]["activation"];

/** Chains of convolutions, depthwise convolutions, pools, activations and fully connected layers. */
export const arbitraryModel: fc.Arbitrary<ModelCase> = design.map((parts) => new ModelWriter(parts).write());

class ModelWriter {
  readonly #chain: ModelChain;
  readonly #random: () => number;
  readonly #activations: string[] = [];
  #shape: readonly number[];
  /** Integers at the end of the chain: their greatest magnitude, and whether 0 is one of them. */
  #integers: { magnitude: number; bits: number; signed: boolean; bipolar: boolean };
  /** What an integer of 1 is there, for each channel. */
  #unit: readonly number[];

  constructor(readonly design: Design) {
    const { map, length, inputBits, seed } = design;
    this.#shape = map ? [1, ...map] : [1, length];
    this.#chain = new ModelChain(this.#shape, `UINT${inputBits}`);
    this.#random = randomFrom(seed);
    this.#integers = { magnitude: 2 ** inputBits - 1, bits: inputBits, signed: false, bipolar: false };
    this.#unit = new Array(this.#channels).fill(1);
  }

  write(): ModelCase {
    const { mapStages, dense, classes, bias, classifierExponent } = this.design;
    if (this.#isMap) {
      this.#preprocess(mapStages[0]);
      for (const [i, stage] of mapStages.entries()) this.#mapStage(stage, mapStages[i + 1]);
      this.#chain.op("Flatten");
      this.#unit = new Array(sizeOfShape(this.#shape)).fill(this.#unit[0] ?? 1);
      this.#shape = [1, this.#unit.length];
    }
    for (const layer of dense) {
      const weights = this.#weights([this.#channels, layer.neurons], layer.weightBits);
      const reach = this.#columnReach(weights.value);
      this.#chain.op("MatMul", [weights]);
      this.#shape = [1, layer.neurons];
      this.#activate(layer.affine, layer.activation, reach, undefined);
    }
    const inputUnit = this.#unit[0] ?? 1;
    const scale = 2 ** classifierExponent;
    this.#chain.op("MatMul", [this.#weights([this.#channels, classes], 4)]).op("Mul", [scalarTensor(scale)]);
    const logitUnit = inputUnit * scale;
    // One offset for all classes does not change their order, so the compiler drops it.
    if (bias && classes > 1) {
      const values = float32Tensor(
        [classes],
        Array.from({ length: classes }, () => this.#integer(-50, 50)),
      );
      this.#chain
        .op("Div", [scalarTensor(logitUnit)])
        .op("Add", [{ value: values, datatype: "INT8" }])
        .op("Mul", [scalarTensor(logitUnit)]);
    }
    const logits = this.#chain.last;
    const k = Math.min(3, classes);
    this.#chain.op("TopK", [int64Tensor([k])], { axis: int(-1) }, 2);
    return { model: this.#chain.build(), activations: this.#activations, logits, logitUnit };
  }

  get #isMap(): boolean {
    return this.#shape.length === 4;
  }

  get #channels(): number {
    return this.#shape[1] ?? 1;
  }

  /** Scale and mean of the pixels, where the first layer lets a mean through. */
  #preprocess(first: MapStage | undefined): void {
    if (!this.design.preprocessing || (first?.kind !== "conv" && first?.kind !== "depthwise")) return;
    if (first.pads.some((pad) => pad > 0) || first.weightBits > 4 || !this.#fits(first)) return;
    const means = Array.from({ length: this.#channels }, () => this.#integer(-8, 8) / 4);
    this.#chain
      .op("Div", [scalarTensor(4)])
      .op("Sub", [float32Tensor([1, means.length, 1, 1], means)])
      .op("Div", [scalarTensor(0.5)]);
    this.#unit = this.#unit.map(() => 0.5);
  }

  #fits(stage: MapStage): boolean {
    const [, , height = 1, width = 1] = this.#shape;
    switch (stage.kind) {
      case "requantise":
        return true;
      case "pool":
        return (
          stage.size <= Math.min(height, width) &&
          !this.#integers.bipolar &&
          !(this.#integers.signed && stage.size === 3)
        );
      default: {
        const [oh, ow] = this.#windows(stage);
        const padded = stage.pads.some((pad) => pad > 0);
        return (
          oh > 0 &&
          ow > 0 &&
          !(this.#integers.bipolar && padded) &&
          !(stage.kind === "depthwise" && this.#channels === 1)
        );
      }
    }
  }

  #windows({
    kernel,
    stride,
    dilation,
    pads,
  }: Extract<MapStage, { pads: readonly number[] }>): [number, number] {
    const [, , height = 1, width = 1] = this.#shape;
    const [top = 0, left = 0, bottom = 0, right = 0] = pads;
    const along = (size: number, axis: 0 | 1) =>
      Math.floor((size - dilation[axis] * (kernel[axis] - 1) - 1) / stride[axis]) + 1;
    return [along(height + top + bottom, 0), along(width + left + right, 1)];
  }

  #mapStage(stage: MapStage, next: MapStage | undefined): void {
    if (!this.#fits(stage)) return;
    const [, channels = 1, height = 1, width = 1] = this.#shape;
    switch (stage.kind) {
      case "requantise":
        this.#activate(undefined, stage.activation, new Array(channels).fill(this.#integers.magnitude), next);
        return;
      case "pool": {
        const { bits, signed } = this.#integers;
        const unit = scalarTensor(this.#unit[0] ?? 1);
        const attributes = {
          kernel: stage.size,
          stride: stage.size,
          ibits: bits,
          obits: stage.bits,
          signed: Number(signed),
        };
        this.#chain.op("Div", [unit]).op("QuantAvgPool2d", [], {
          ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, int(value)])),
          data_layout: string("NCHW"),
        });
        this.#activations.push(this.#chain.last);
        this.#chain.op("Mul", [unit]);
        this.#shape = [1, channels, Math.floor(height / stage.size), Math.floor(width / stage.size)];
        this.#integers = { magnitude: 2 ** stage.bits, bits: stage.bits, signed, bipolar: false };
        return;
      }
      default: {
        const depthwise = stage.kind === "depthwise";
        const outs = stage.kind === "conv" ? stage.channels : channels;
        const weights = this.#weights([outs, depthwise ? 1 : channels, ...stage.kernel], stage.weightBits);
        const reach = this.#rowReach(weights.value);
        const [oh, ow] = this.#windows(stage);
        this.#chain.op("Conv", [weights], {
          group: int(depthwise ? channels : 1),
          kernel_shape: ints(stage.kernel),
          strides: ints(stage.stride),
          dilations: ints(stage.dilation),
          pads: ints(stage.pads),
        });
        this.#shape = [1, outs, oh, ow];
        if (!depthwise) this.#unit = new Array(outs).fill(this.#unit[0] ?? 1);
        this.#activate(stage.affine, stage.activation, reach, next);
      }
    }
  }

  /** The scale of the weights, batch normalisation, thresholds and the scale of what they count. */
  #activate(
    affine: Affine | undefined,
    activation: Activation,
    reach: readonly number[],
    next: MapStage | undefined,
  ): void {
    const channels = this.#channels;
    const rank = this.#shape.length;
    const along = (values: readonly number[]): Tensor =>
      new Set(values).size === 1 && !affine?.perChannel
        ? scalarTensor(values[0] ?? 0)
        : float32Tensor(rank === 4 ? [1, channels, 1, 1] : [1, channels], values);
    const each = <T>(value: (channel: number) => T): T[] =>
      Array.from({ length: channels }, (_, c) => value(c));

    // What one integer of the sum, and none, become in front of the thresholds.
    const inputUnit = this.#unit.length === channels ? this.#unit : each(() => this.#unit[0] ?? 1);
    let unit = [...inputUnit];
    let offset = each(() => 0);
    if (affine) {
      const scale = each((c) => 2 ** (affine.exponent - (affine.perChannel ? c % 3 : 0)));
      this.#chain.op("Mul", [along(scale)]);
      unit = each((c) => unit[c]! * scale[c]!);
      if (affine.batchNorm) {
        const gain = each(() => this.#gain(affine.signs));
        const mean = each((c) => this.#integer(-9, 9) * unit[c]!);
        const beta = each((c) => (this.#integer(-9, 9) / 2) * unit[c]!);
        const variance = each(() => 4 ** this.#integer(-1, 1));
        const vector = (values: readonly number[]) => float32Tensor([channels], values);
        this.#chain.op("BatchNormalization", [gain, beta, mean, variance].map(vector), {
          epsilon: { kind: "float", value: 0 },
        });
        const factor = each((c) => gain[c]! / Math.sqrt(variance[c]!));
        offset = each((c) => beta[c]! - factor[c]! * mean[c]!);
        unit = each((c) => factor[c]! * unit[c]!);
      }
    }

    const bipolar = activation.signed && activation.bits === 1 && next?.kind !== "pool";
    const signed = activation.signed && activation.bits > 1;
    const steps = 2 ** activation.bits - 1;
    const rows = each((c) => {
      const largest = Math.max(2, Math.ceil((reach[c] ?? 2) / 2));
      const sums = Array.from({ length: steps }, () => this.#integer(-2 * largest, 2 * largest) / 2);
      return sums.sort((a, b) => a - b).map((sum) => sum * Math.abs(unit[c]! || 1));
    });
    const thresholds = rows.flatMap((row, c) => row.map((threshold) => threshold + offset[c]!));
    this.#chain.op("MultiThreshold", [float32Tensor([channels, steps], thresholds)], {
      out_dtype: string(bipolar ? "BIPOLAR" : `UINT${activation.bits}`),
      data_layout: string(rank === 4 ? "NCHW" : "NC"),
      ...(bipolar ? { out_scale: { kind: "float", value: 2 }, out_bias: { kind: "float", value: -1 } } : {}),
    });
    if (signed) this.#chain.op("Add", [scalarTensor(-(2 ** (activation.bits - 1)))]);
    this.#activations.push(this.#chain.last);

    const perChannel = activation.perChannel && next?.kind === "depthwise" && this.#fitsAfter(next, bipolar);
    this.#unit = each((c) => 2 ** (activation.exponent - (perChannel ? c % 2 : 0)));
    const scale = perChannel
      ? float32Tensor([1, channels, 1, 1], this.#unit)
      : scalarTensor(this.#unit[0] ?? 1);
    this.#chain.op("Mul", [scale]);
    const magnitude = signed ? 2 ** (activation.bits - 1) : steps;
    this.#integers = { magnitude: bipolar ? 1 : magnitude, bits: activation.bits, signed, bipolar };
  }

  /** Will the stage be there, once the activation in front of it is? */
  #fitsAfter(stage: MapStage, bipolar: boolean): boolean {
    const before = this.#integers;
    this.#integers = { ...before, bipolar };
    const fits = this.#fits(stage);
    this.#integers = before;
    return fits;
  }

  #gain(signs: Affine["signs"]): number {
    const size = 2 ** this.#integer(-1, 1) * this.#integer(1, 3);
    if (signs === "positive") return size;
    return signs === "with zeros" && this.#integer(0, 2) === 0 ? 0 : size * (this.#integer(0, 1) * 2 - 1);
  }

  /** Weights of so many bits, BIPOLAR for one; eight bits leave out -128, which has no negative. */
  #weights(shape: readonly number[], bits: number): TypedTensor {
    const low = bits === 8 ? -127 : -(2 ** (bits - 1));
    const value = () => (bits === 1 ? this.#integer(0, 1) * 2 - 1 : this.#integer(low, 2 ** (bits - 1) - 1));
    const values = Array.from({ length: sizeOfShape(shape) }, value);
    return { value: float32Tensor(shape, values), datatype: bits === 1 ? "BIPOLAR" : `INT${bits}` };
  }

  /** How large the sums of each output of a convolution can get. */
  #rowReach({ shape: [outs = 1], data }: Tensor): number[] {
    const perOut = data.length / outs;
    return Array.from({ length: outs }, (_, o) => {
      const row = Array.from(data.subarray(o * perOut, (o + 1) * perOut));
      return row.reduce((sum, weight) => sum + Math.abs(weight), 0) * this.#integers.magnitude;
    });
  }

  /** The same for a matrix `[in, out]`. */
  #columnReach({ shape: [ins = 1, outs = 1], data }: Tensor): number[] {
    return Array.from({ length: outs }, (_, o) => {
      let sum = 0;
      for (let i = 0; i < ins; i++) sum += Math.abs(data[i * outs + o]!);
      return sum * this.#integers.magnitude;
    });
  }

  #integer(min: number, max: number): number {
    return min + Math.floor(this.#random() * (max - min + 1));
  }
}

/** Repeatable numbers in [0, 1): the same seed gives the same. */
function randomFrom(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (Math.imul(1103515245, state) + 12345) & 0x7fffffff;
    return (state >>> 8) / 2 ** 23;
  };
}
