import * as fc from "fast-check";
import { expect, test } from "vitest";
import { shippedGraph } from "../../../hardware/testing/shipped-graph";
import { describeField } from "./describe-field";
import { type AxisStep, axisField, receptiveField } from "./receptive-field";
import { layersOfGraph } from "./testing/layers-of-graph";

const mobilenet = layersOfGraph(shippedGraph());
const at = (title: string) => mobilenet.findIndex((layer) => layer.title === title);
const conv3: AxisStep = { kind: "window", kernel: 3, stride: 1, dilation: 1 };
const pad = (size: number): AxisStep => ({ kind: "pad", before: 1, size });

test("two 3x3 convolutions see 5x5", () => {
  expect(axisField([conv3, { kind: "same" }, conv3], 4).full).toEqual({ first: 4, last: 8 });
});

test("a padding's own positions see nothing, and windows over it see less", () => {
  expect(axisField([pad(8)], 0)).toEqual({ full: { first: -1, last: -1 }, seen: null });
  expect(axisField([pad(8), conv3], 0)).toEqual({
    full: { first: -1, last: 1 },
    seen: { first: 0, last: 1 },
  });
  expect(axisField([pad(8), conv3], 7).seen).toEqual({ first: 6, last: 7 });
});

test("MobileNet-v1's last convolution has the 315x315 field that is known of it", () => {
  const { rows, columns } = receptiveField(mobilenet, at("MVAU_hls_13"), 3, 3);
  expect(rows.full.last - rows.full.first + 1).toBe(315);
  expect(columns).toEqual(rows);
  expect(rows.seen).toEqual({ first: 0, last: 222 });
});

test("its first convolution moves 3x3 in steps of two, without padding", () => {
  const { rows, columns } = receptiveField(mobilenet, at("MVAU_hls_0"), 110, 5);
  expect(rows).toEqual({ full: { first: 220, last: 222 }, seen: { first: 220, last: 222 } });
  expect(columns.full).toEqual({ first: 10, last: 12 });
});

test("the classifier sees all that any pixel before the pool sees", () => {
  const first = receptiveField(mobilenet, at("MVAU_hls_13"), 0, 0).rows;
  const last = receptiveField(mobilenet, at("MVAU_hls_13"), 6, 6).rows;
  const { rows } = receptiveField(mobilenet, at("MVAU_rtl_0"), 0, 0);
  expect(rows.full).toEqual({ first: first.full.first, last: last.full.last });
  expect(rows.seen).toEqual({ first: 0, last: 222 });
});

test("in words: size, place, and what lies in the padding", () => {
  const words = (title: string, row: number, column: number) =>
    describeField(receptiveField(mobilenet, at(title), row, column), mobilenet[0]!);
  expect(words("Network input", 7, 9)).toBe("It is the pixel at row 7, column 9.");
  expect(words("MVAU_hls_0", 1, 2)).toBe("It sees 3 × 3 pixels: rows 2 to 4, columns 4 to 6.");
  expect(words("VVAU_hls_0", 0, 50)).toBe(
    "It sees 7 × 7 pixels: rows 0 to 4, columns 98 to 104. 2 rows of them lie in the padding and count as zeros.",
  );
  expect(words("FMPadding_rtl_0", 0, 1)).toBe("It lies in the padding and sees zeros only.");
});

test("a flattened layer sees everything", () => {
  const steps: AxisStep[] = [conv3, { kind: "all", size: 6 }];
  expect(axisField(steps, 0).seen).toEqual({ first: 0, last: 7 });
});

/** Chains along one axis with the sizes they give, from an input of `size` positions. */
const chains = fc
  .record({
    size: fc.integer({ min: 6, max: 20 }),
    wishes: fc.array(
      fc.record({
        pad: fc.boolean(),
        amount: fc.integer({ min: 1, max: 3 }),
        stride: fc.integer({ min: 1, max: 4 }),
        dilation: fc.integer({ min: 1, max: 3 }),
      }),
      { maxLength: 5 },
    ),
  })
  .map(({ size, wishes }) => {
    const sizes = [size];
    const steps: AxisStep[] = [];
    for (const { pad, amount, stride, dilation } of wishes) {
      const from = sizes.at(-1)!;
      const reach = (amount - 1) * dilation + 1;
      if (pad) {
        steps.push({ kind: "pad", before: amount, size: from });
        sizes.push(from + 2 * amount);
      } else if (reach <= from) {
        steps.push({ kind: "window", kernel: amount, stride, dilation });
        sizes.push(Math.floor((from - reach) / stride) + 1);
      }
    }
    return { steps, sizes };
  });

/** What every position of the last layer depends on, carried forward from the input one layer after the other. */
function dependences({ steps, sizes }: { steps: AxisStep[]; sizes: number[] }): Set<number>[] {
  let sees = Array.from({ length: sizes[0]! }, (_, i) => new Set([i]));
  steps.forEach((step, i) => {
    sees = Array.from({ length: sizes[i + 1]! }, (_, position) => {
      if (step.kind === "pad") return sees[position - step.before] ?? new Set();
      if (step.kind !== "window") throw new Error("only paddings and windows are made here");
      const under = Array.from(
        { length: step.kernel },
        (_, k) => sees[position * step.stride + k * step.dilation]!,
      );
      return new Set(under.flatMap((set) => [...set]));
    });
  });
  return sees;
}

test("what is seen is what changes the value, by brute force", () => {
  fc.assert(
    fc.property(chains, (chain) => {
      dependences(chain).forEach((seen, position) => {
        const expected = seen.size > 0 ? { first: Math.min(...seen), last: Math.max(...seen) } : null;
        expect(axisField(chain.steps, position).seen).toEqual(expected);
      });
    }),
  );
});

test("the full field has the size of the textbook's formula, wherever it lies", () => {
  fc.assert(
    fc.property(chains, fc.nat(30), ({ steps }, position) => {
      let [size, jump] = [1, 1];
      for (const step of steps) {
        if (step.kind !== "window") continue;
        size += (step.kernel - 1) * step.dilation * jump;
        jump *= step.stride;
      }
      const { first, last } = axisField(steps, position).full;
      expect(last - first + 1).toBe(size);
      expect(axisField(steps, position + 1).full.first - first).toBe(jump);
    }),
  );
});
