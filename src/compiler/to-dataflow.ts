import type { Activation, DataflowGraph, DataflowNode, Stream } from "../graph/dataflow";
import { StreamscopeError } from "../graph/errors";
import { graphProblems } from "../graph/validate";
import { intAttr, intsAttr } from "../onnx/attributes";
import { GraphEditor, shapeOf } from "../onnx/edit";
import type { OnnxGraph, OnnxModel, OnnxNode } from "../onnx/model";
import { HARDWARE_DOMAIN } from "./hardware-node";
import { integerType } from "./integer-input";
import { isFlatten } from "./layout";
import { refuse } from "./pass";
import { unitConstant, unitWeights } from "./unit-weights";

/** Weights and activations of the matrix units have at most so many bits. */
const MAX_OPERAND_BITS = 8;

/**
 * A graph of specialised hardware nodes as a DataflowGraph: one chain from the input to
 * LabelSelect. A Flatten of the answer is left to the host, as in FINN. Refuses nodes that are
 * no hardware, and forks.
 */
export function toDataflow({ graph }: OnnxModel, name: string): DataflowGraph {
  const editor = new GraphEditor(graph);
  const nodes: DataflowNode[] = [];
  let tensor = graph.inputs[0]?.name ?? "";
  for (;;) {
    const readers = editor.consumers(tensor);
    const [node, other] = readers;
    if (!node) break;
    if (other) refuse(other, `it reads what ${node.name} reads too; only chains are supported`);
    if (nodes.at(-1)?.kind === "LabelSelect") {
      if (!isFlatten(graph, node)) refuse(node, "nothing may follow the choice of the best classes");
    } else {
      nodes.push(dataflowNode(graph, node));
    }
    tensor = node.outputs[0] ?? "";
  }
  const input = nodes[0]?.input;
  if (!input || nodes.at(-1)?.kind !== "LabelSelect") {
    throw new StreamscopeError(
      "unsupported-model",
      "The model does not end in a choice of the best classes.",
    );
  }
  const dataflow = { name, input, nodes };
  const [problem] = graphProblems(dataflow);
  if (problem) throw new StreamscopeError("unsupported-model", `The compiled graph is not sound: ${problem}`);
  return dataflow;
}

function dataflowNode(graph: OnnxGraph, node: OnnxNode): DataflowNode {
  const impl = node.domain === `${HARDWARE_DOMAIN}.rtl` ? "rtl" : "hls";
  if (!node.domain.startsWith(`${HARDWARE_DOMAIN}.`)) refuse(node, "there is no hardware for it");
  const stream = (tensor: string): Stream => ({
    shape: shapeOf(graph, tensor) ?? refuse(node, `the shape of "${tensor}" is not known`),
    datatype: integerType(graph, node, tensor, "it works on"),
  });
  const base = {
    name: node.name,
    impl,
    input: stream(node.inputs[0] ?? ""),
    output: stream(node.outputs[0] ?? ""),
  } as const;
  const number = (attribute: string) => intAttr(node, attribute) ?? refuse(node, `it has no ${attribute}`);
  const pair = (attribute: string) => {
    const [height, width] = intsAttr(node, attribute, []);
    if (height === undefined || width === undefined) refuse(node, `it has no ${attribute}`);
    return [height, width] as const;
  };
  const activation = (slot: number): Activation | null =>
    node.inputs[slot] ? { thresholds: unitConstant(graph, node, slot), actVal: number("ActVal") } : null;

  switch (node.opType.replace(/_(hls|rtl)$/, "")) {
    case "FMPadding": {
      const [top = 0, left = 0, bottom = 0, right = 0] = intsAttr(node, "Padding", []);
      return { kind: "FMPadding", ...base, pad: { top, left, bottom, right } };
    }
    case "ConvolutionInputGenerator":
      return {
        kind: "ConvolutionInputGenerator",
        ...base,
        kernel: pair("ConvKernelDim"),
        stride: pair("Stride"),
        dilation: pair("Dilation"),
        depthwise: number("depthwise") === 1,
      };
    case "MVAU": {
      const mw = number("MW");
      const vectors = intsAttr(node, "numInputVectors", [1]);
      const weights = narrowWeights(graph, node, base.input);
      return {
        kind: "MVAU",
        ...base,
        input: { ...base.input, shape: [...vectors, mw] },
        mw,
        mh: number("MH"),
        weights,
        activation: activation(2),
      };
    }
    case "VVAU":
      return {
        kind: "VVAU",
        ...base,
        channels: number("Channels"),
        kernel: pair("Kernel"),
        weights: narrowWeights(graph, node, base.input),
        activation: activation(2),
      };
    case "Thresholding":
      return {
        kind: "Thresholding",
        ...base,
        channels: number("NumChannels"),
        activation: activation(1) ?? refuse(node, "it has no thresholds"),
      };
    case "Pool":
      return {
        kind: "Pool",
        ...base,
        function: "QuantAvgPool",
        channels: number("Channels"),
        kernel: pair("KernelSize"),
        accumBits: number("AccumBits"),
        shift: number("Size"),
      };
    case "ChannelwiseOp":
      return {
        kind: "ChannelwiseOp",
        ...base,
        function: "add",
        channels: number("NumChannels"),
        parameters: unitConstant(graph, node, 1),
      };
    case "LabelSelect":
      return { kind: "LabelSelect", ...base, labels: number("Labels"), k: number("K") };
    default:
      return refuse(node, "there is no hardware for it");
  }
}

function narrowWeights(graph: OnnxGraph, node: OnnxNode, input: Stream) {
  const weights = unitWeights(graph, node);
  if (weights.datatype.bits > MAX_OPERAND_BITS) {
    refuse(node, `its weights are ${weights.datatype.name}; ${MAX_OPERAND_BITS} bits are the most`);
  }
  if (input.datatype.bits > MAX_OPERAND_BITS) {
    refuse(node, `its input is ${input.datatype.name}; ${MAX_OPERAND_BITS} bits are the most`);
  }
  return weights;
}
