import { expect, it } from "vitest";
import { graphProblems } from "../../graph/validate";
import { readInput } from "../input";
import { edgeCases, hugeSums } from "./edge-cases";

it.each([...edgeCases, { name: "sums beyond 2^24", ...hugeSums }])(
  "$name: a sound graph",
  ({ graph, input }) => {
    expect(graphProblems(graph)).toEqual([]);
    expect(() => readInput(graph, input)).not.toThrow();
  },
);
