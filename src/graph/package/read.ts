import { unzlibSync } from "fflate";
import * as v from "valibot";
import {
  type Activation,
  type Constant,
  type DataflowGraph,
  type DataflowNode,
  type Stream,
  sizeOf,
} from "../dataflow";
import { dataType } from "../datatype";
import { StreamscopeError } from "../errors";
import { graphProblems } from "../validate";
import {
  type Manifest,
  type ManifestConstant,
  type ManifestNode,
  manifestSchema,
  packageFormat,
  packageVersion,
} from "./manifest";
import { packedBytes, unpack } from "./pack";
import { sha256Hex } from "./sha256";
import { manifestChecksum } from "./write";

export interface ModelPackage {
  readonly graph: DataflowGraph;
  readonly labels: readonly string[] | null;
  /** Names the package: SHA-256 over the manifest, which holds that of the binary. */
  readonly checksum: string;
  readonly sourceSha256: string | null;
  readonly compiler: string;
}

/**
 * Checks a manifest's text: JSON, format, version, schema, checksum. The binary can then be
 * fetched by the name, size and SHA-256 it states. Throws `bad-package`.
 */
export function readManifest(text: string): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw damaged("its manifest is not complete JSON", {}, cause);
  }
  const head = v.safeParse(v.object({ format: v.literal(packageFormat), version: v.number() }), json);
  if (!head.success) {
    throw new StreamscopeError("bad-package", "This is not a Streamscope model package.");
  }
  if (head.output.version !== packageVersion) {
    throw new StreamscopeError(
      "bad-package",
      `The model package has version ${head.output.version}; this app reads version ${packageVersion}. Compile the model again.`,
      { version: head.output.version },
    );
  }
  const parsed = v.safeParse(manifestSchema, json);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    throw damaged(`its manifest is wrong at ${v.getDotPath(issue) ?? "the top"}: ${issue.message}`);
  }
  const { checksum, ...body } = json as Manifest;
  if (manifestChecksum(body) !== checksum) throw damaged("its manifest was altered");
  return parsed.output;
}

/**
 * Makes the graph from a checked manifest and its binary, and validates all of it: size and
 * SHA-256 of the binary, places of all constants, and the graph itself. Throws `bad-package`.
 */
export function readPackage(manifest: Manifest, binary: Uint8Array): ModelPackage {
  const { bytes, sha256 } = manifest.binary;
  if (binary.length < bytes) {
    throw damaged(`its weights are cut short: ${binary.length} of ${bytes} bytes`);
  }
  if (binary.length !== bytes || sha256Hex(binary) !== sha256) throw damaged("its weights were altered");
  const constants = inflate(binary, manifest.binary.unpackedBytes);
  let graph: DataflowGraph;
  try {
    graph = {
      name: manifest.name,
      input: readStream(manifest.input),
      nodes: manifest.nodes.map((node) => readNode(node, (constant) => readConstant(constant, constants))),
    };
  } catch (cause) {
    if (cause instanceof StreamscopeError && cause.code === "bad-package") throw cause;
    throw damaged(cause instanceof Error ? cause.message : "its nodes cannot be read", {}, cause);
  }
  const problem = graphProblems(graph)[0];
  if (problem) throw damaged(problem);
  const { labels, checksum, sourceSha256, compiler } = manifest;
  return { graph, labels, checksum, sourceSha256, compiler };
}

/** Never makes more than `size` bytes, whatever the stream holds. */
function inflate(binary: Uint8Array, size: number): Uint8Array {
  let unpacked: Uint8Array;
  try {
    // One byte of room more than stated shows a stream that holds too much.
    unpacked = unzlibSync(binary, { out: new Uint8Array(size + 1) });
  } catch (cause) {
    throw damaged("its weights cannot be unpacked", {}, cause);
  }
  if (unpacked.length !== size) throw damaged("its weights unpack to another size than stated");
  return unpacked;
}

function damaged(
  what: string,
  details: Record<string, string | number> = {},
  cause?: unknown,
): StreamscopeError {
  return new StreamscopeError(
    "bad-package",
    `The model package is damaged: ${what}. Load the page again, or compile the model again.`,
    details,
    { cause },
  );
}

const readStream = (stream: Manifest["input"]): Stream => ({
  shape: stream.shape,
  datatype: dataType(stream.datatype),
});

function readConstant(constant: ManifestConstant, binary: Uint8Array): Constant {
  const datatype = dataType(constant.datatype);
  const length = sizeOf(constant.shape);
  const { offset, bytes } = constant;
  if (bytes !== packedBytes(datatype, length) || offset + bytes > binary.length) {
    throw damaged(`a constant of ${bytes} bytes at ${offset} does not fit its shape or the weights`);
  }
  const data = unpack(binary.subarray(offset, offset + bytes), datatype, constant.shape);
  return { shape: constant.shape, datatype, data };
}

function readNode(node: ManifestNode, constant: (c: ManifestConstant) => Constant): DataflowNode {
  const streams = { input: readStream(node.input), output: readStream(node.output) };
  const activation = (a: { thresholds: ManifestConstant; actVal: number }): Activation => ({
    thresholds: constant(a.thresholds),
    actVal: a.actVal,
  });
  switch (node.kind) {
    case "MVAU":
    case "VVAU":
      return {
        ...node,
        ...streams,
        weights: constant(node.weights),
        activation: node.activation && activation(node.activation),
      };
    case "Thresholding":
      return { ...node, ...streams, activation: activation(node.activation) };
    case "ChannelwiseOp":
      return { ...node, ...streams, parameters: constant(node.parameters) };
    default:
      return { ...node, ...streams };
  }
}
