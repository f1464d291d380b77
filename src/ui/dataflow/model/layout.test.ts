import { expect, test } from "vitest";
import { simulated } from "../testing/simulated";
import { layoutOf, machineAt } from "./layout";

test.each(["U250", "ZCU104"] as const)(
  "on the %s nothing overlaps, and blocks stand side by side",
  async (board) => {
    const pipeline = await simulated(board, { frames: 1 });
    const layout = layoutOf(pipeline);
    const seen = new Set(layout.machines.map(({ x, y }) => `${x} ${y}`));
    expect(seen.size).toBe(pipeline.machines.length);
    for (const [i, { first, last }] of pipeline.groups.entries()) {
      const frame = layout.frames[i];
      const boxes = layout.machines.slice(first, last + 1);
      for (const box of boxes) {
        expect(box.x).toBeGreaterThanOrEqual(frame?.x ?? 0);
        expect(box.x + box.width).toBeLessThanOrEqual((frame?.x ?? 0) + (frame?.width ?? 0));
        expect(box.y + box.height).toBeLessThanOrEqual((frame?.y ?? 0) + (frame?.height ?? 0));
      }
      const heights = boxes.map(({ y }) => y);
      expect(heights).toEqual(heights.toSorted((a, b) => a - b));
    }
    for (const label of ["PAD", "SWG", "VVAU", "MVAU"]) {
      const blocks = pipeline.groups.filter(({ isBlock }) => isBlock);
      const rows = blocks.map(
        ({ first, last }) =>
          layout.machines[
            pipeline.machines.slice(first, last + 1).find((m) => m.label === label)?.index ?? -1
          ]?.y,
      );
      expect(new Set(rows).size).toBe(1);
    }
  },
);

test("a pipe runs from the foot of its machine to the head of the next, in right angles", async () => {
  const layout = layoutOf(await simulated("U250", { frames: 1 }));
  expect(layout.pipes).toHaveLength(layout.machines.length - 1);
  for (const [i, points] of layout.pipes.entries()) {
    const [from, to] = [layout.machines[i]!, layout.machines[i + 1]!];
    expect(points[0]).toEqual([from.x + from.width / 2, from.y + from.height]);
    expect(points.at(-1)).toEqual([to.x + to.width / 2, to.y]);
    for (const [k, [x, y]] of points.slice(1).entries()) {
      expect(x === points[k]?.[0] || y === points[k]?.[1]).toBe(true);
    }
  }
});

test("a machine is found where it stands", async () => {
  const layout = layoutOf(await simulated("U250", { frames: 1 }));
  const box = layout.machines[40]!;
  expect(machineAt(layout, [box.x + 1, box.y + 1])).toBe(40);
  expect(machineAt(layout, [box.x - 3, box.y])).toBeNull();
  expect(machineAt(layout, [box.x - 3, box.y], 5)).toBe(40);
});
