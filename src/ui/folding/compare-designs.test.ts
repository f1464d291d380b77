import { expect, test } from "vitest";
import type { NodeRow } from "../../hardware/folding-report";
import { compareDesigns } from "./compare-designs";

const row = (name: string, folding: Record<string, unknown>, cycles = 1) =>
  ({ name, folding, cycles }) as unknown as NodeRow;

test("nodes that differ, and how many only one has", () => {
  const a = { nodes: [row("x", { PE: 1 }), row("y", { PE: 2, SIMD: 3 }), row("only_a", {})] };
  const b = { nodes: [row("x", { PE: 4 }), row("y", { SIMD: 3, PE: 2 }), row("only_b", {}), row("z", {})] };
  const { nodes, onlyInA, onlyInB } = compareDesigns(a, b);
  expect(nodes.map(({ name }) => name)).toEqual(["x"]);
  expect([onlyInA, onlyInB]).toEqual([1, 2]);
});

test("the same folding that takes other cycles differs: the network is another", () => {
  const [a, b] = [{ nodes: [row("x", {}, 1)] }, { nodes: [row("x", {}, 2)] }];
  expect(compareDesigns(a, b).nodes).toHaveLength(1);
  expect(compareDesigns(a, a).nodes).toEqual([]);
});
