import { describe, expect, test } from "vitest";
import { datatypeOf } from "./annotations";
import { GraphEditor, makeNode, setShape, shapeOf } from "./edit";
import type { OnnxGraph } from "./model";
import { scalarTensor } from "./tensor";
import { buildModel } from "./testing/build-model";

/** x -> Relu a -> Neg b -> Abs y, and Sqrt z reads `a` too. */
function graphOfFour(): OnnxGraph {
  return buildModel({
    outputs: ["y", "z"],
    constants: { c: scalarTensor(2) },
    datatypes: { y: "UINT4" },
    nodes: [
      makeNode("Relu", ["x"], ["a"]),
      makeNode("Neg", ["a"], ["b"]),
      makeNode("Abs", ["b"], ["y"]),
      makeNode("Sqrt", ["a"], ["z"]),
    ],
  }).graph;
}

const wiring = (graph: OnnxGraph) =>
  graph.nodes.map(({ opType, inputs, outputs }) => `${inputs} ${opType} ${outputs}`);

describe("looking", () => {
  const graph = graphOfFour();
  const editor = new GraphEditor(graph);
  const [relu, neg, abs, sqrt] = graph.nodes;

  test("who makes and who reads a tensor", () => {
    expect(editor.producer("a")).toBe(relu);
    expect(editor.producer("x")).toBeUndefined();
    expect(editor.consumers("a")).toEqual([neg, sqrt]);
    expect(editor.soleConsumer("a")).toBeUndefined();
    expect(editor.soleConsumer("b")).toBe(abs);
    expect(editor.consumers("y")).toEqual([]);
  });

  test("a graph output has no sole consumer, even if one node reads it", () => {
    const other = graphOfFour();
    other.outputs.push({ name: "b", elemType: "float32", shape: [] });
    expect(new GraphEditor(other).soleConsumer("b")).toBeUndefined();
  });

  test("constants and names", () => {
    expect(editor.constant("c")?.data[0]).toBe(2);
    expect(editor.constant("a")).toBeUndefined();
    expect(editor.uniqueName("fresh")).toBe("fresh");
    for (const taken of ["a", "c", "x", "y", "Relu_0", "fresh"])
      expect(editor.uniqueName(taken)).not.toBe(taken);
  });
});

describe("inserting", () => {
  test("before and after a node", () => {
    const graph = graphOfFour();
    const editor = new GraphEditor(graph);
    const neg = graph.nodes[1]!;
    const node = makeNode("Floor", ["a"], ["f"]);
    editor.insertBefore(neg, node);
    editor.setInput(neg, 0, "f");
    expect(wiring(graph).slice(0, 3)).toEqual(["x Relu a", "a Floor f", "f Neg b"]);
    expect(node.name).not.toBe("");
    expect(editor.consumers("a").map(({ opType }) => opType)).toEqual(["Sqrt", "Floor"]);
    expect(editor.producer("f")).toBe(node);
  });

  test("on a tensor: all its readers read the new node", () => {
    const graph = graphOfFour();
    new GraphEditor(graph).insertOn("a", (from, to) => makeNode("Floor", [from], [to]));
    expect(wiring(graph)).toEqual(["x Relu a", "a Floor a_out", "a_out Neg b", "b Abs y", "a_out Sqrt z"]);
  });

  test("on the graph's input", () => {
    const graph = graphOfFour();
    new GraphEditor(graph).insertOn("x", (from, to) => makeNode("Floor", [from], [to]));
    expect(wiring(graph).slice(0, 2)).toEqual(["x Floor x_out", "x_out Relu a"]);
  });

  test("on a graph output, which keeps its name", () => {
    const graph = graphOfFour();
    new GraphEditor(graph).insertOn("y", (from, to) => makeNode("Floor", [from], [to]));
    expect(wiring(graph).slice(2, 4)).toEqual(["b Abs y_in", "y_in Floor y"]);
    expect(datatypeOf(graph, "y_in")).toBe("UINT4");
  });
});

describe("removing", () => {
  test("readers read the input of the node that is gone", () => {
    const graph = graphOfFour();
    const editor = new GraphEditor(graph);
    const neg = graph.nodes[1]!;
    expect(editor.removeAndRewire(neg)).toBe(true);
    expect(wiring(graph)).toEqual(["x Relu a", "a Abs y", "a Sqrt z"]);
    expect(editor.isRemoved(neg)).toBe(true);
    expect(editor.producer("b")).toBeUndefined();
  });

  test("the producer in front of a graph output takes over its name", () => {
    const graph = graphOfFour();
    const editor = new GraphEditor(graph);
    expect(editor.removeAndRewire(graph.nodes[3]!)).toBe(true);
    expect(wiring(graph)).toEqual(["x Relu z", "z Neg b", "b Abs y"]);
  });

  test("a node between the graph's input and an output stays", () => {
    const { graph } = buildModel({ nodes: [makeNode("Identity", ["x"], ["y"])] });
    expect(new GraphEditor(graph).removeAndRewire(graph.nodes[0]!)).toBe(false);
    expect(wiring(graph)).toEqual(["x Identity y"]);
  });

  test("a node between two outputs stays", () => {
    const graph = graphOfFour();
    graph.outputs.push({ name: "b", elemType: "float32", shape: [] });
    expect(new GraphEditor(graph).removeAndRewire(graph.nodes[2]!)).toBe(false);
  });
});

describe("shapes", () => {
  test("of constants, ends and tensors between", () => {
    const graph = graphOfFour();
    setShape(graph, "a", [1, 2]);
    setShape(graph, "y", [3]);
    expect(shapeOf(graph, "a")).toEqual([1, 2]);
    expect(shapeOf(graph, "y")).toEqual([3]);
    expect(graph.outputs[0]?.shape).toEqual([3]);
    expect(shapeOf(graph, "c")).toEqual([]);
    expect(shapeOf(graph, "b")).toBeUndefined();
  });

  test("a named dimension is not known", () => {
    const { graph } = buildModel({ inputs: { x: ["N", 3] }, nodes: [] });
    expect(shapeOf(graph, "x")).toBeUndefined();
  });
});
