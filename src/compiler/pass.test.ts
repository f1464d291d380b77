import { describe, expect, test } from "vitest";
import { StreamscopeError } from "../graph/errors";
import { GraphEditor, makeNode } from "../onnx/edit";
import { scalarTensor } from "../onnx/tensor";
import { buildModel } from "../onnx/testing/build-model";
import { applyUntilStable, type Pass, passGroup, refuse, runPasses } from "./pass";

/** Removes one Relu a sweep. */
const RemoveRelu: Pass = {
  name: "RemoveRelu",
  summary: "Removes Relus.",
  apply({ graph }) {
    const relu = graph.nodes.find(({ opType }) => opType === "Relu");
    return relu !== undefined && new GraphEditor(graph).removeAndRewire(relu);
  },
};

/** Gives the constant `c` another value. */
const ChangeConstant: Pass = {
  name: "ChangeConstant",
  summary: "Sets c to 3.",
  apply({ graph }) {
    if (graph.initializers.get("c")?.data[0] === 3) return false;
    graph.initializers.set("c", scalarTensor(3));
    return true;
  },
};

const Nothing: Pass = { name: "Nothing", summary: "Does nothing.", apply: () => false };

const model = () =>
  buildModel({
    constants: { c: scalarTensor(2) },
    nodes: [
      makeNode("Relu", ["x"], ["a"]),
      makeNode("Mul", ["a", "c"], ["b"]),
      makeNode("Relu", ["b"], ["d"]),
      makeNode("Neg", ["d"], ["y"]),
    ],
  });

describe("applyUntilStable", () => {
  test("sweeps until nothing changes", () => {
    const changed = model();
    expect(applyUntilStable(RemoveRelu, changed)).toBe(true);
    expect(changed.graph.nodes.map(({ opType }) => opType)).toEqual(["Mul", "Neg"]);
    expect(applyUntilStable(RemoveRelu, changed)).toBe(false);
  });

  test("stops a pass that goes round in circles", () => {
    const circles: Pass = { name: "Circles", summary: "", apply: () => true };
    expect(() => applyUntilStable(circles, model())).toThrow("Circles still changes the graph");
  });
});

test("a group applies its passes until none changes anything", () => {
  const group = passGroup("Group", "Both.", [RemoveRelu, ChangeConstant]);
  const changed = model();
  expect(group.apply(changed)).toBe(true);
  expect(group.apply(changed)).toBe(false);
  expect(changed.graph.initializers.get("c")?.data[0]).toBe(3);
});

test("runPasses tells what each pass did, as it does it", () => {
  const heard: string[] = [];
  const steps = runPasses([Nothing, RemoveRelu, ChangeConstant], model(), ({ name }) => heard.push(name));
  expect(heard).toEqual(["Nothing", "RemoveRelu", "ChangeConstant"]);
  expect(steps).toEqual([
    {
      name: "Nothing",
      summary: "Does nothing.",
      changed: false,
      nodesBefore: 4,
      nodesAfter: 4,
      opCounts: new Map([
        ["Relu", 2],
        ["Mul", 1],
        ["Neg", 1],
      ]),
      changedNodes: [],
      removedNodes: [],
    },
    {
      name: "RemoveRelu",
      summary: "Removes Relus.",
      changed: true,
      nodesBefore: 4,
      nodesAfter: 2,
      opCounts: new Map([
        ["Mul", 1],
        ["Neg", 1],
      ]),
      changedNodes: ["Mul_1", "Neg_3"],
      removedNodes: ["Relu_0", "Relu_2"],
    },
    {
      name: "ChangeConstant",
      summary: "Sets c to 3.",
      changed: true,
      nodesBefore: 2,
      nodesAfter: 2,
      opCounts: new Map([
        ["Mul", 1],
        ["Neg", 1],
      ]),
      changedNodes: ["Mul_1"],
      removedNodes: [],
    },
  ]);
});

test("a refusal names node, operator and reason", () => {
  const node = makeNode("MatMul", [], [], {}, { name: "MatMul_3" });
  let error: unknown;
  try {
    refuse(node, "its weights are computed");
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(StreamscopeError);
  expect(error).toMatchObject({
    code: "unsupported-model",
    message: "MatMul_3 (MatMul): its weights are computed.",
    details: { node: "MatMul_3", op: "MatMul", reason: "its weights are computed" },
  });
});
