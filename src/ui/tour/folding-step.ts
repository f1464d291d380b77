import type { FoldingEdit } from "../../hardware/edit-folding";
import type { NodeRow } from "../../hardware/folding-report";
import { describeBottleneck } from "../folding/bottleneck";
import { formatInteger } from "../kit/format";
import { type FoldedDesign, shownDesign } from "../state/folding-slice";
import { blockNode, multipliers } from "./find-facts";
import type { TourStep } from "./tour-step";

/** The node that the step speaks of: the block's matrix unit, where both axes are to be seen. */
const subject = (design: FoldedDesign | null): NodeRow | null => blockNode(design, "MVAU", "VVAU");

export const folding: TourStep = {
  title: "Folding: PE × SIMD",
  view: "folding",
  needs: "design",
  target: ({ design }) => ({
    selector: `[data-node="${subject(design)?.name ?? ""}"]`,
    name: "the node in the table",
  }),
  looks: ({ design }) => ({ node: subject(design)?.name ?? null }),
  text({ design }) {
    const idea =
      "A board cannot have a multiplier for every weight. So a layer’s work is folded onto a few: PE outputs at a time, of each SIMD inputs at a time; more of them take fewer cycles.";
    const node = subject(design);
    if (!design || !node) return idea;
    const { name, cycles } = node;
    const all = formatInteger(multipliers(node));
    return `${idea} On the ${design.board}, ${name} has ${foldingWords(node)} = ${all} multipliers and needs ${formatInteger(cycles)} cycles a frame.`;
  },
  trial: {
    text({ design }) {
      const edit = slower(design);
      return edit
        ? `Set ${edit.axis} of ${edit.node} to ${edit.value}, and see what limits the rate then.`
        : "Choose another PE or SIMD, and see what limits the rate then.";
    },
    isDone(now, entry) {
      const design = shownDesign(now);
      return design !== null && design.config !== shownDesign(entry)?.config;
    },
    result: ({ design }) => (design ? describeBottleneck(design.report) : ""),
    edit: ({ design }) => slower(design),
  },
};

/** The subject with the fewest inputs at a time, or, if it has so already, the fewest outputs. */
function slower(design: FoldedDesign | null): FoldingEdit | null {
  const node = subject(design);
  if (!node) return null;
  for (const axis of ["SIMD", "PE"] as const) {
    const least = Math.min(...(node.legal[axis] ?? []));
    const now = axisValue(node, axis);
    if (now !== null && least < now) return { node: node.name, axis, value: least };
  }
  return null;
}

function axisValue({ folding }: NodeRow, axis: FoldingEdit["axis"]): number | null {
  if (axis === "PE") return "PE" in folding ? folding.PE : null;
  return "SIMD" in folding ? folding.SIMD : null;
}

function foldingWords(node: NodeRow): string {
  const axes = (["PE", "SIMD"] as const).flatMap((axis) => {
    const value = axisValue(node, axis);
    return value === null ? [] : [`${axis} ${formatInteger(value)}`];
  });
  return axes.join(" × ");
}
