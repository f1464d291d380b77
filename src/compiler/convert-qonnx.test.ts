import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { StreamscopeError } from "../graph/errors";
import { datatypeOf } from "../onnx/annotations";
import { GraphEditor } from "../onnx/edit";
import type { OnnxModel, Tensor } from "../onnx/model";
import { readOnnx } from "../onnx/read";
import { transpose } from "../onnx/tensor";
import { constantOperand } from "./constant-operand";
import { convertQonnxToFinn } from "./convert-qonnx";
import { runPasses } from "./pass";
import { AbsorbScalarMulAddIntoTopK } from "./passes/absorb-scalar-mul-add-into-top-k";
import { GiveUniqueNodeNames } from "./passes/give-unique-node-names";
import { insertTopK } from "./passes/insert-top-k";
import { MOBILENET_PREPROCESSING } from "./passes/merge-preprocessing";
import { executeModel } from "./testing/execute";
import { fixtureInput, fixtureModel, goldens, readFixture, storedCodes } from "./testing/fixtures";

const golden = goldens();

/** Names of the tensors that hold an activation's codes, in order. */
function codeTensors(model: OnnxModel): string[] {
  const editor = new GraphEditor(model.graph);
  return model.graph.nodes
    .filter(({ opType }) => opType === "MultiThreshold" || opType === "QuantAvgPool2d")
    .map((node) => {
      const output = node.outputs[0] ?? "";
      // The offset of a signed activation is a node of its own.
      const offset = editor.soleConsumer(output);
      return (constantOperand(editor, offset, "Add") && offset?.outputs[0]) || output;
    });
}

/** Codes as the goldens have them: channels last, a byte each. */
function codeBytes(codes: Tensor): Uint8Array {
  const last = codes.shape.length === 4 ? transpose(codes, [0, 2, 3, 1]) : codes;
  return Uint8Array.from(last.data, (code) => code & 255);
}

function countDifferences(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((count, value, i) => count + (value === b[i] ? 0 : 1), 0);
}

/** The scores: what TopK reads, or the output of a graph without TopK. */
function logitsOf({ graph }: OnnxModel, tensors: ReadonlyMap<string, Tensor>): Tensor["data"] {
  const topK = graph.nodes.find(({ opType }) => opType === "TopK");
  return tensors.get(topK?.inputs[0] ?? graph.outputs[0]!.name)!.data;
}

/** Scores as whole multiples of the one scale that fits the integers best. */
function inUnitsOf(integers: readonly number[], scores: Tensor["data"]): number[] {
  const dot = (values: ArrayLike<number>) => integers.reduce((sum, n, i) => sum + n * values[i]!, 0);
  const scale = dot(scores) / dot(integers);
  return Array.from(scores, (score) => Math.round(score / scale) + 0);
}

describe.each(golden.fixtures)("$file", (fixture) => {
  const network = golden.networks[fixture.network]!;
  const model = fixtureModel(fixture.file);
  runPasses(convertQonnxToFinn(), model);
  const reference = golden.fixtures.find(({ network }) => network === fixture.network)!;
  const stored = storedCodes(network, reference);

  test("has integer weights and quantized activations only", () => {
    const operators = new Set(model.graph.nodes.map(({ opType }) => opType));
    for (const gone of ["Quant", "BipolarQuant", "Trunc", "Relu", "AveragePool", "Gemm", "Transpose"]) {
      expect(operators).not.toContain(gone);
    }
    expect(codeTensors(model)).toHaveLength(fixture.activations.length);
  });

  test.each(network.codesImages.map(([kind, seed], image) => ({ kind, seed, image })))(
    "gives qonnx's codes and scores for $kind $seed, but where qonnx itself is on a tie",
    ({ kind, seed, image }) => {
      const input = fixtureInput(network, fixture.feed, kind, seed);
      const tensors = executeModel(model, { [model.graph.inputs[0]!.name]: input });
      const codes = codeTensors(model).map((name) => codeBytes(tensors.get(name)!));
      const result = reference.results[image]!;
      const differences = codes.map((mine, activation) =>
        countDifferences(mine, stored[image]![activation]!),
      );
      // On a tie Quant rounds to even and thresholds round up; nothing else may differ.
      const ties = fixture.network === "handmade_ties" ? (result.near[0]?.[0] ?? 0) : 0;
      expect(differences[0]).toBeLessThanOrEqual(ties);
      if (ties > 0) return;
      expect(differences).toEqual(codes.map(() => 0));
      expect(inUnitsOf(result.logitsInt, logitsOf(model, tensors))).toEqual(result.logitsInt);
    },
  );
});

describe("FINN's own conversion of the same export", () => {
  test.each([
    {
      qonnx: "mnv1_qonnx.onnx",
      finn: "mnv1_finn_opset13.onnx",
      preprocessing: MOBILENET_PREPROCESSING,
    },
    {
      qonnx: "mnv1_qonnx_trunc_v1.onnx",
      finn: "mnv1_finn_opset11.onnx",
      preprocessing: MOBILENET_PREPROCESSING,
    },
    { qonnx: "mnv1_qonnx_prepost.onnx", finn: "mnv1_finn_opset13.onnx" },
    { qonnx: "chain_mixed.onnx", finn: "chain_mixed_finn.onnx" },
    { qonnx: "handmade_ties.onnx", finn: "handmade_ties_finn.onnx" },
  ])("$qonnx becomes $finn, constant by constant", ({ qonnx, finn, ...options }) => {
    const ours = fixtureModel(qonnx);
    const theirs = fixtureModel(finn);
    const endsInTopK = theirs.graph.nodes.at(-1)?.opType === "TopK";
    const ending = endsInTopK ? [insertTopK(), AbsorbScalarMulAddIntoTopK, GiveUniqueNodeNames] : [];
    runPasses([...convertQonnxToFinn(options), ...ending], ours);
    runPasses(convertQonnxToFinn(), theirs);
    expect(describeNodes(ours)).toEqual(describeNodes(theirs));
  });

  function describeNodes({ graph }: OnnxModel) {
    return graph.nodes.map((node) => ({
      name: node.name,
      datatype: node.opType === "TopK" ? "" : datatypeOf(graph, node.outputs[0] ?? ""),
      constants: node.inputs.map((name) => {
        const constant = graph.initializers.get(name);
        // [1] and [] are the same scalar, and -0 is 0.
        return (
          constant && {
            size: constant.data.length,
            data: Array.from(constant.data, (value) => value + 0),
            datatype: datatypeOf(graph, name),
          }
        );
      }),
    }));
  }
});

describe("models to refuse", () => {
  test.each(golden.refused.filter(({ optional }) => !optional))("$file: $reason", ({ file, names }) => {
    const error = catchError(() => {
      const model = readOnnx(readFixture(file));
      runPasses(convertQonnxToFinn(), model);
    });
    expect(error).toBeInstanceOf(StreamscopeError);
    expect((error as StreamscopeError).message).toContain(names);
  });

  function catchError(work: () => void): unknown {
    try {
      work();
    } catch (error) {
      return error;
    }
    return undefined;
  }
});

test("a damaged file is converted or refused, whatever bytes are wrong", () => {
  const file = readFixture("handmade_base.onnx");
  const damage = fc.array(fc.record({ at: fc.nat(file.length - 1), byte: fc.nat(255) }), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(damage, (changes) => {
      const bytes = new Uint8Array(file);
      for (const { at, byte } of changes) bytes[at] = byte;
      try {
        runPasses(convertQonnxToFinn(), readOnnx(bytes));
      } catch (error) {
        expect(error).toBeInstanceOf(StreamscopeError);
      }
    }),
    { numRuns: 500 },
  );
});
