import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { accumulatorRangeOf } from "../graph/accumulator";
import type { DataflowGraph, DataflowNode, MVAU, VVAU } from "../graph/dataflow";
import { StreamscopeError } from "../graph/errors";
import { writeOnnx } from "../onnx/write";
import { type CompileOptions, compile } from "./compile";
import type { PassStep } from "./pass";
import { MOBILENET_PREPROCESSING } from "./passes/merge-preprocessing";
import { summarise } from "./summary";
import { integers, ModelChain } from "./testing/chain";
import { goldens, readFixture } from "./testing/fixtures";

const golden = goldens();

const compileFixture = (file: string, options: CompileOptions = {}) => compile(readFixture(file), options);

/** What a fixture's input holds, as the person who made it knows. */
const preprocessingOf = (network: string) => (network === "mnv1" ? "auto" : "none");

/** FINN's own integers for a network, by the place of their node among its kind. */
interface StreamlinedParameter {
  readonly node: string;
  readonly role: "weights" | "thresholds" | "bias";
  readonly shape: readonly number[];
  readonly values: Int32Array;
}

interface Streamlined {
  readonly from: string;
  readonly stored: string;
  readonly parameters: readonly {
    node: string;
    role: StreamlinedParameter["role"];
    shape: number[];
    offset: number;
  }[];
}

function streamlinedNetworks(): { network: string; from: string; parameters: StreamlinedParameter[] }[] {
  const url = new URL("../../fixtures/onnx/", import.meta.url);
  const { networks } = JSON.parse(readFileSync(new URL("goldens.json", url), "utf8")) as {
    networks: Record<string, { streamlined?: Streamlined }>;
  };
  return Object.entries(networks).flatMap(([network, { streamlined }]) => {
    if (!streamlined) return [];
    const stored = gunzipSync(readFileSync(new URL(streamlined.stored, url)));
    const all = new Int32Array(stored.buffer.slice(stored.byteOffset, stored.byteOffset + stored.byteLength));
    const parameters = streamlined.parameters.map(({ node, role, shape, offset }) => ({
      node,
      role,
      shape,
      values: all.subarray(offset, offset + shape.reduce((product, dim) => product * dim, 1)),
    }));
    return [{ network, from: streamlined.from, parameters }];
  });
}

describe.each(streamlinedNetworks())(
  "$from, beside FINN's own streamlining of it",
  ({ network, from, parameters }) => {
    const byRole = (role: StreamlinedParameter["role"]) =>
      parameters.filter((parameter) => parameter.role === role);

    test("has FINN's weights, thresholds and bias, integer for integer", async () => {
      const { graph } = await compileFixture(from, { preprocessing: preprocessingOf(network) });
      const units = graph.nodes.filter((node) => node.kind === "MVAU" || node.kind === "VVAU");
      expect(units).toHaveLength(byRole("weights").length);
      for (const [i, unit] of units.entries()) {
        expectWeights(unit, inputShape(graph, unit), byRole("weights")[i]!);
      }

      const activated = units.filter((unit) => unit.activation !== null);
      expect(activated).toHaveLength(byRole("thresholds").length);
      for (const [i, unit] of activated.entries()) expectThresholds(unit, byRole("thresholds")[i]!);

      const [bias] = byRole("bias");
      const offset = graph.nodes.find((node) => node.kind === "ChannelwiseOp");
      expect([...(offset?.parameters.data ?? [])]).toEqual([...(bias?.values ?? [])]);
    });
  },
);

/** Shape of the map that a unit reads, as the node before puts it out. */
function inputShape(graph: DataflowGraph, unit: DataflowNode): readonly number[] {
  return graph.nodes[graph.nodes.indexOf(unit) - 1]?.output.shape ?? graph.input.shape;
}

/**
 * Ours are [out, (kh, kw, in)]; FINN's OIHW, or [in, out] with `in` in (channel, y, x) order where
 * a map was flattened. FINN gives weights of 0 to channels with a gain of 0; ours keep theirs,
 * under thresholds that do not depend on them.
 */
function expectWeights(
  unit: MVAU | VVAU,
  mapShape: readonly number[],
  { shape, values }: StreamlinedParameter,
): void {
  const [outs = 0, ins = 0] = unit.weights.shape;
  const [, height = 1, width = 1, channels = 1] = mapShape.length === 4 ? mapShape : [1, 1, 1, ins];
  for (let o = 0; o < outs; o++) {
    const theirs = Array.from({ length: ins }, (_, i) => {
      if (shape.length === 2) {
        const flattened = channels * height * width === ins && height * width > 1;
        const row = flattened ? (i % channels) * height * width + Math.floor(i / channels) : i;
        return values[row * outs + o];
      }
      const [, group = 1, kh = 1, kw = 1] = shape;
      return values[(o * group + (i % group)) * kh * kw + Math.floor(i / group)];
    });
    if (theirs.every((weight) => weight === 0)) continue;
    expect([...unit.weights.data.subarray(o * ins, (o + 1) * ins)]).toEqual(theirs);
  }
}

/** Ours are clipped to what the sums can reach, and one more; that changes no count. */
function expectThresholds(unit: MVAU | VVAU, { shape, values }: StreamlinedParameter): void {
  const { min, max } = accumulatorRangeOf(unit) ?? { min: 0, max: 0 };
  expect(unit.activation?.thresholds.shape).toEqual(shape);
  expect([...(unit.activation?.thresholds.data ?? [])]).toEqual(
    Array.from(values, (threshold) => Math.min(Math.max(threshold, min), max + 1)),
  );
}

describe("the dialects of one network", () => {
  const files = golden.fixtures.filter(({ network }) => network === "mnv1").map(({ file }) => file);

  test.each(files)("%s becomes the same graph", async (file) => {
    const options = { name: "mnv1" };
    const { graph } = await compileFixture(file, options);
    const reference = await compileFixture("mnv1_finn_opset11.onnx", options);
    expect(graph).toEqual(reference.graph);
  });

  test.each(["chain_mixed_dynamo.onnx", "chain_mixed_finn.onnx"])("%s becomes chain_mixed", async (file) => {
    const options: CompileOptions = { name: "chain_mixed", preprocessing: "none" };
    const { graph } = await compileFixture(file, options);
    expect(graph).toEqual((await compileFixture("chain_mixed.onnx", options)).graph);
  });
});

describe("MobileNet-v1", () => {
  const unit = (i: number) => [
    `FMPadding_rtl_${i}`,
    `ConvolutionInputGenerator_rtl_${i + 1}`,
    `VVAU_hls_${i}`,
    `MVAU_hls_${i + 1}`,
  ];

  test("has the 59 nodes of FINN's U250 build, in order, under FINN's names", async () => {
    const { graph } = await compileFixture("mnv1_finn_opset11.onnx");
    expect(graph.nodes.map(({ name }) => name)).toEqual([
      "ConvolutionInputGenerator_rtl_0",
      "MVAU_hls_0",
      ...Array.from({ length: 13 }, (_, i) => unit(i)).flat(),
      "ConvolutionInputGenerator_rtl_14",
      "Pool_hls_0",
      "MVAU_rtl_0",
      "ChannelwiseOp_hls_0",
      "LabelSelect_hls_0",
    ]);
    expect(graph.input).toMatchObject({ shape: [1, 224, 224, 3], datatype: { name: "UINT8" } });
    expect(graph.nodes.at(-1)).toMatchObject({ labels: 40, k: 5, output: { shape: [1, 1, 1, 5] } });
    const pool = graph.nodes.find((node) => node.kind === "Pool");
    expect(pool).toMatchObject({ kernel: [7, 7], accumBits: 10, shift: 6 });
  });

  test("has 86 with thresholds of their own, as FINN's Zynq builds", async () => {
    const { graph } = await compileFixture("mnv1_finn_opset11.onnx", { standaloneThresholds: true });
    expect(Object.fromEntries(summarise(graph).nodesByKind)).toEqual({
      ConvolutionInputGenerator: 15,
      MVAU: 15,
      Thresholding: 27,
      FMPadding: 13,
      VVAU: 13,
      Pool: 1,
      ChannelwiseOp: 1,
      LabelSelect: 1,
    });
    const units = graph.nodes.filter((node) => node.kind === "MVAU").map(({ name }) => name);
    expect(units).toEqual(Array.from({ length: 15 }, (_, i) => `MVAU_rtl_${i}`));
  });
});

describe("options", () => {
  test("each pass is reported, with the nodes before and after it", async () => {
    const heard: PassStep[] = [];
    const { steps } = await compileFixture("chain_flatten.onnx", {
      preprocessing: "none",
      onPass: (step) => heard.push(step),
    });
    expect(heard).toEqual(steps);
    for (const [i, step] of steps.entries()) {
      expect(step.nodesBefore).toBe(steps[i - 1]?.nodesAfter ?? step.nodesBefore);
    }
    expect(steps.filter(({ changed }) => changed).map(({ name }) => name)).toContain("RemoveCNVtoFCFlatten");
  });

  test("FINN's pre-processing goes in front of an RGB network that says nothing of its input", async () => {
    const { notes } = await compileFixture("mnv1_qonnx.onnx");
    expect(notes).toEqual([expect.stringContaining("ImageNet pre-processing was put in front")]);
  });

  test("a network that scales its input itself reads pixels", async () => {
    const { graph, notes } = await compileFixture("mnv1_qonnx_prepost.onnx");
    const asked = await compileFixture("mnv1_qonnx.onnx", {
      preprocessing: MOBILENET_PREPROCESSING,
      name: graph.name,
    });
    expect(graph).toEqual(asked.graph);
    expect(notes.length).toBeLessThanOrEqual(1);
  });

  test("where the input can not be guessed, it has to be said", async () => {
    const guessed = compileFixture("chain_1d_fc.onnx");
    await expect(guessed).rejects.toThrow(/does not say which integers its input .* holds/);
  });

  test("a network that reads integers takes no further pre-processing", async () => {
    const twice = compileFixture("mnv1_finn_opset11.onnx", { preprocessing: MOBILENET_PREPROCESSING });
    await expect(twice).rejects.toMatchObject({ code: "bad-input" });
  });

  test.each([{ topK: 1 }, { topK: 10 }, {}])("as many classes as asked for: %o", async (options) => {
    const { graph } = await compileFixture("chain_1d_fc.onnx", { preprocessing: "none", ...options });
    expect(graph.nodes.at(-1)).toMatchObject({ k: options.topK ?? 5 });
  });

  test("an abort stops the work", async () => {
    const control = new AbortController();
    const stopped = compileFixture("mnv1_finn_opset11.onnx", {
      signal: control.signal,
      onPass: ({ name }) => name === "BatchNormToAffine" && control.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: "aborted" });
  });
});

describe("models to refuse", () => {
  test.each(golden.refused.filter(({ optional }) => !optional))("$file: $reason", async ({ file, names }) => {
    const error = await compileFixture(file, { preprocessing: "none" }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StreamscopeError);
    expect((error as StreamscopeError).message).toContain(names);
  });

  test("a scale that could not become part of thresholds is named", async () => {
    const model = new ModelChain([1, 4], "UINT8")
      .op("MatMul", [integers([4, 3])])
      .op("Mul", [integers([3], "FLOAT32", 1, 3).value]);
    await expect(compile(writeOnnx(model.build()))).rejects.toMatchObject({
      code: "unsupported-model",
      details: { op: "Mul" },
    });
  });
});
