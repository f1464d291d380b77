import { describe, expect, it } from "vitest";
import { int, uint } from "../../graph/datatype";
import { constant } from "../../graph/testing/tiny-graph";
import { Chain, stairs } from "../testing/chain";
import { mobilenetShaped } from "../testing/mobilenet";
import { isPointwise, planGraph } from "./plan";

const ones = (neurons: number, synapses: number) =>
  constant(int(4), [neurons, synapses], new Array(neurons * synapses).fill(1));
const map = (height: number, width: number, channels: number) =>
  new Chain("test", { shape: [1, height, width, channels], datatype: uint(4) });
const kinds = (chain: Chain) =>
  planGraph(chain.flatten().labelSelect(1).graph()).steps.map(({ operation }) => operation.kind);

describe("planGraph", () => {
  it("makes 31 dispatches of MobileNet's 59 nodes, padding and windows taken in", () => {
    const graph = mobilenetShaped({ seed: 1, width: 1 / 8, inputSize: 64 });
    const plan = planGraph(graph);
    expect(graph.nodes.length).toBe(59);
    expect(plan.steps.map(({ operation }) => operation.kind)).toEqual([
      "mvau",
      ...new Array(13).fill(["vvau", "mvau"]).flat(),
      "pool",
      "mvau",
      "channelwise",
      "labelSelect",
    ]);
    expect(plan.steps.filter((step) => isPointwise(step)).length).toBe(14);
  });

  it("knows a map for every node that computes", () => {
    const graph = mobilenetShaped({ seed: 1, width: 1 / 8, inputSize: 64 });
    const computing = graph.nodes.filter(
      ({ kind }) => kind !== "FMPadding" && kind !== "ConvolutionInputGenerator",
    );
    expect([...planGraph(graph).maps.keys()]).toEqual(computing.map(({ name }) => name));
  });

  it("carries padding, stride and dilation into the layer's window", () => {
    const chain = map(6, 7, 2)
      .pad(1, 2, 3, 4)
      .window([2, 3], { stride: [2, 1], dilation: [1, 2] });
    chain.mvau(ones(3, 12), null);
    const [step] = planGraph(chain.flatten().labelSelect(1).graph()).steps;
    expect(step?.operation).toMatchObject({
      window: { kernel: [2, 3], stride: [2, 1], dilation: [1, 2], padTop: 1, padLeft: 2 },
    });
    expect(step && isPointwise(step)).toBe(false);
  });

  it("takes padding alone into a pointwise layer, which then is none", () => {
    const graph = map(2, 2, 4).pad(1, 1, 1, 1).mvau(ones(4, 4), null).flatten().labelSelect(1).graph();
    const [step] = planGraph(graph).steps;
    expect(step?.operation).toMatchObject({ kind: "mvau", window: { kernel: [1, 1], padTop: 1 } });
    expect(step && isPointwise(step)).toBe(false);
  });

  it("writes out what the next layer cannot take in", () => {
    const threshold = stairs(new Array(4).fill([1]));
    expect(kinds(map(2, 2, 4).pad(1, 1, 1, 1).thresholding(threshold, uint(1)))).toEqual([
      "window",
      "thresholding",
      "labelSelect",
    ]);
    expect(kinds(map(2, 2, 4).pad(1, 0, 0, 0).pad(0, 1, 0, 0).mvau(ones(4, 4), null))).toEqual([
      "window",
      "mvau",
      "labelSelect",
    ]);
    expect(kinds(map(4, 4, 4).window([2, 2]).window([2, 2]).mvau(ones(4, 64), null))).toEqual([
      "window",
      "mvau",
      "labelSelect",
    ]);
  });

  it("reads a depthwise window that no SWG made as a row of pixels", () => {
    const chain = map(2, 3, 16).vvau([1, 4], ones(4, 4), null);
    const [step] = planGraph(chain.flatten().labelSelect(1).graph()).steps;
    expect(step?.input.layout).toMatchObject({ height: 2, width: 12, channels: 4 });
    expect(step?.operation).toMatchObject({ window: { kernel: [1, 4], stride: [1, 4] } });
  });

  it("flattens a map in place where no padding is in the way", () => {
    const { steps, input } = planGraph(map(2, 2, 4).flatten().mvau(ones(3, 16), null).labelSelect(1).graph());
    expect(steps.length).toBe(2);
    expect(steps[0]?.input).toMatchObject({ buffer: input.buffer, layout: { channels: 16 } });
  });

  it("flattens a map with padded channels by a copy", () => {
    expect(kinds(map(2, 2, 3).flatten().mvau(ones(3, 12), null))).toEqual(["reshape", "mvau", "labelSelect"]);
  });

  it("refuses a graph without LabelSelect at its end", () => {
    const headless = map(1, 1, 2).mvau(ones(3, 2), null).graph();
    expect(() => planGraph(headless)).toThrow("does not end in LabelSelect");
    expect(() => planGraph({ ...headless, nodes: [] })).toThrow("does not end in LabelSelect");
  });
});
