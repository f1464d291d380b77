import { expect, test } from "vitest";
import type { NodeSnapshot } from "../../../compiler/snapshot";
import { fatesOf, graphsOf } from "./graph-at";

const node = (name: string, op = "Mul"): NodeSnapshot => ({
  name,
  op,
  inputs: [],
  outputs: [],
  attributes: [],
});

const graphs = graphsOf({ order: ["a", "b", "c"], nodes: [node("a"), node("b"), node("c")] }, [
  { graph: { order: ["a", "d", "c"], nodes: [node("d"), node("c", "Add")] } },
  { graph: { order: ["a", "d", "c"], nodes: [] } },
]);
const shown = (at: number) => [...(graphs[at] ?? [])].map(([name, { op }]) => `${name} ${op}`);

test("each pass's graph, from what differs", () => {
  expect(shown(0)).toEqual(["a Mul", "b Mul", "c Mul"]);
  expect(shown(1)).toEqual(["a Mul", "d Mul", "c Add"]);
  expect(shown(2)).toEqual(shown(1));
});

test("a node of a pass is new, changed or gone", () => {
  const step = { changedNodes: ["c", "d"], removedNodes: ["b"] };
  expect([...fatesOf(graphs[0]!, graphs[1]!, step)]).toEqual([
    ["d", "new"],
    ["c", "changed"],
    ["b", "gone"],
  ]);
});
