import * as v from "valibot";

/** What a package's `manifest.json` looks like. Version 1. */
export const packageFormat = "streamscope-package";
export const packageVersion = 1;

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31 - 1));
const positive = v.pipe(count, v.minValue(1));
const integer = v.pipe(v.number(), v.integer(), v.minValue(-(2 ** 31)), v.maxValue(2 ** 31 - 1));
const pair = v.tuple([positive, positive]);
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const shape = v.pipe(v.array(positive), v.minLength(1), v.maxLength(6));

const stream = v.strictObject({ shape, datatype: name });
/** A constant: its place in the binary. `bytes` follows from shape and datatype, and is checked. */
const constant = v.strictObject({ shape, datatype: name, offset: count, bytes: count });
const activation = v.strictObject({ thresholds: constant, actVal: integer });

const common = { name, impl: v.picklist(["hls", "rtl"]), input: stream, output: stream };
const node = v.variant("kind", [
  v.strictObject({
    kind: v.literal("FMPadding"),
    ...common,
    pad: v.strictObject({ top: count, left: count, bottom: count, right: count }),
  }),
  v.strictObject({
    kind: v.literal("ConvolutionInputGenerator"),
    ...common,
    kernel: pair,
    stride: pair,
    dilation: pair,
    depthwise: v.boolean(),
  }),
  v.strictObject({
    kind: v.literal("MVAU"),
    ...common,
    mw: positive,
    mh: positive,
    weights: constant,
    activation: v.nullable(activation),
  }),
  v.strictObject({
    kind: v.literal("VVAU"),
    ...common,
    channels: positive,
    kernel: pair,
    weights: constant,
    activation: v.nullable(activation),
  }),
  v.strictObject({ kind: v.literal("Thresholding"), ...common, channels: positive, activation }),
  v.strictObject({
    kind: v.literal("Pool"),
    ...common,
    function: v.literal("QuantAvgPool"),
    channels: positive,
    kernel: pair,
    accumBits: positive,
    shift: count,
  }),
  v.strictObject({
    kind: v.literal("ChannelwiseOp"),
    ...common,
    function: v.literal("add"),
    channels: positive,
    parameters: constant,
  }),
  v.strictObject({ kind: v.literal("LabelSelect"), ...common, labels: positive, k: positive }),
]);

export const manifestSchema = v.strictObject({
  format: v.literal(packageFormat),
  version: v.literal(packageVersion),
  name,
  /** What made the package, such as `streamscope 0.1.0`. */
  compiler: v.string(),
  /** SHA-256 of the ONNX file it was compiled from; null if there was none. */
  sourceSha256: v.nullable(hash),
  /** Names of the classes, one an output; null if they are not known. */
  labels: v.nullable(v.pipe(v.array(v.string()), v.maxLength(100_000))),
  /** The binary beside the manifest: a zlib stream of `unpackedBytes`. `sha256` is of the file. */
  binary: v.strictObject({
    file: v.pipe(v.string(), v.regex(/^[\w.-]+$/)),
    bytes: count,
    unpackedBytes: v.pipe(count, v.maxValue(512 * 2 ** 20)),
    sha256: hash,
  }),
  input: stream,
  nodes: v.pipe(v.array(node), v.minLength(1), v.maxLength(10_000)),
  /** SHA-256 of the JSON text of this manifest without this field: names the package. */
  checksum: hash,
});

export type Manifest = v.InferOutput<typeof manifestSchema>;
export type ManifestNode = Manifest["nodes"][number];
export type ManifestConstant = v.InferOutput<typeof constant>;
