import { zlibSync } from "fflate";
import type { Activation, Constant, DataflowGraph, DataflowNode, Stream } from "../dataflow";
import {
  type Manifest,
  type ManifestConstant,
  type ManifestNode,
  packageFormat,
  packageVersion,
} from "./manifest";
import { pack } from "./pack";
import { sha256Hex } from "./sha256";

export interface PackageMeta {
  /** What made the package, such as `streamscope 0.1.0`. */
  readonly compiler: string;
  /** SHA-256 of the ONNX file. */
  readonly sourceSha256?: string | null;
  /** Names of the classes, in order of their index. */
  readonly labels?: readonly string[] | null;
}

export interface PackageFiles {
  /** Text of `manifest.json`. */
  readonly manifest: string;
  /** Bytes of `weights.bin`. */
  readonly binary: Uint8Array;
}

export const manifestFile = "manifest.json";
export const binaryFile = "weights.bin";

/**
 * Writes a graph as a package: the manifest says what every node is and where its constants
 * lie in the unpacked binary, each on a 4-byte boundary and packed (see `pack`). The same graph
 * and meta give the same bytes.
 */
export function writePackage(graph: DataflowGraph, meta: PackageMeta): PackageFiles {
  const chunks: Uint8Array[] = [];
  let offset = 0;
  const place = (constant: Constant): ManifestConstant => {
    const bytes = pack(constant);
    const at = offset;
    chunks.push(bytes);
    offset += Math.ceil(bytes.length / 4) * 4;
    return { shape: [...constant.shape], datatype: constant.datatype.name, offset: at, bytes: bytes.length };
  };
  const nodes = graph.nodes.map((node) => manifestNode(node, place));
  const unpacked = new Uint8Array(offset);
  let at = 0;
  for (const chunk of chunks) {
    unpacked.set(chunk, at);
    at += Math.ceil(chunk.length / 4) * 4;
  }
  // 4-bit weights are far from evenly spread: this saves a fifth of the wire.
  const binary = zlibSync(unpacked, { level: 9 });
  const body: Omit<Manifest, "checksum"> = {
    format: packageFormat,
    version: packageVersion,
    name: graph.name,
    compiler: meta.compiler,
    sourceSha256: meta.sourceSha256 ?? null,
    labels: meta.labels ? [...meta.labels] : null,
    binary: {
      file: binaryFile,
      bytes: binary.length,
      unpackedBytes: unpacked.length,
      sha256: sha256Hex(binary),
    },
    input: manifestStream(graph.input),
    nodes,
  };
  return { manifest: JSON.stringify({ ...body, checksum: manifestChecksum(body) }), binary };
}

/** SHA-256 of the manifest's JSON text without its `checksum`, keys in the file's order. */
export function manifestChecksum(body: Omit<Manifest, "checksum">): string {
  return sha256Hex(new TextEncoder().encode(JSON.stringify(body)));
}

const manifestStream = (stream: Stream) => ({
  shape: [...stream.shape],
  datatype: stream.datatype.name,
});

function manifestNode(node: DataflowNode, place: (constant: Constant) => ManifestConstant): ManifestNode {
  const { name, impl } = node;
  const common = { name, impl, input: manifestStream(node.input), output: manifestStream(node.output) };
  const activation = ({ thresholds, actVal }: Activation) => ({ thresholds: place(thresholds), actVal });
  const pair = ([height, width]: readonly [number, number]): [number, number] => [height, width];
  switch (node.kind) {
    case "FMPadding":
      return { kind: node.kind, ...common, pad: { ...node.pad } };
    case "ConvolutionInputGenerator":
      return {
        kind: node.kind,
        ...common,
        kernel: pair(node.kernel),
        stride: pair(node.stride),
        dilation: pair(node.dilation),
        depthwise: node.depthwise,
      };
    case "MVAU":
      return {
        kind: node.kind,
        ...common,
        mw: node.mw,
        mh: node.mh,
        weights: place(node.weights),
        activation: node.activation && activation(node.activation),
      };
    case "VVAU":
      return {
        kind: node.kind,
        ...common,
        channels: node.channels,
        kernel: pair(node.kernel),
        weights: place(node.weights),
        activation: node.activation && activation(node.activation),
      };
    case "Thresholding":
      return { kind: node.kind, ...common, channels: node.channels, activation: activation(node.activation) };
    case "Pool":
      return {
        kind: node.kind,
        ...common,
        function: node.function,
        channels: node.channels,
        kernel: pair(node.kernel),
        accumBits: node.accumBits,
        shift: node.shift,
      };
    case "ChannelwiseOp":
      return {
        kind: node.kind,
        ...common,
        function: node.function,
        channels: node.channels,
        parameters: place(node.parameters),
      };
    case "LabelSelect":
      return { kind: node.kind, ...common, labels: node.labels, k: node.k };
  }
}
