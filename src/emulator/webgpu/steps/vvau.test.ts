import { describe, expect, it } from "vitest";
import { type DataType, int, uint } from "../../../graph/datatype";
import { Chain } from "../../testing/chain";
import { Random } from "../../testing/random";
import { randomWeights } from "../../testing/random-layer";
import { mapLayout } from "../layout";
import { planGraph } from "../plan";
import { kernelCall } from ".";
import { stripRows } from "./vvau";

type Pair = readonly [number, number];
const three: Pair = [3, 3];

function callFor(
  { kernel = three, stride = [1, 1] as Pair, dilation = [1, 1] as Pair },
  input: DataType = uint(4),
  weights: DataType = int(4),
) {
  const chain = new Chain("layer", { shape: [1, 12, 12, 6], datatype: input });
  chain.window(kernel, { stride, dilation, depthwise: true });
  chain.vvau(kernel, randomWeights(new Random(1), weights, [6, kernel[0] * kernel[1]]), null);
  const [step] = planGraph(chain.flatten().labelSelect(1).graph()).steps;
  return kernelCall(step!, { dot4: true, quad: 4 }, "lanes");
}

describe("the kernel of a VVAU", () => {
  it("is the line buffer for 3 x 3 windows at stride 1 and 2", () => {
    expect(callFor({})).toMatchObject({ kernel: "vvau_line_buffer", overrides: { STRIDE: 1 } });
    expect(callFor({ stride: [2, 2] })).toMatchObject({
      kernel: "vvau_line_buffer",
      overrides: { STRIDE: 2 },
    });
    expect(callFor({}, uint(8), int(8)).kernel).toBe("vvau_line_buffer");
    expect(callFor({}, int(8), int(8)).kernel).toBe("vvau_line_buffer");
  });

  it("is the general one for other windows and for wide values", () => {
    expect(callFor({ kernel: [3, 2] }).kernel).toBe("vvau");
    expect(callFor({ stride: [1, 2] }).kernel).toBe("vvau");
    expect(callFor({ stride: [3, 3] }).kernel).toBe("vvau");
    expect(callFor({ dilation: [2, 1] }).kernel).toBe("vvau");
    expect(callFor({}, uint(9)).kernel).toBe("vvau");
    expect(callFor({}, uint(4), int(9)).kernel).toBe("vvau");
  });
});

describe("stripRows", () => {
  it.each([
    [56, 7],
    [28, 7],
    [14, 7],
  ])("cuts %i rows evenly", (side, rows) => {
    expect(stripRows(mapLayout({ shape: [1, side, side, 8], datatype: uint(4) }), 4)).toBe(rows);
  });

  it("cuts a small map shorter rather than leave half of a quad idle", () => {
    const map = mapLayout({ shape: [1, 7, 7, 8], datatype: uint(4) });
    expect(stripRows(map, 4)).toBe(4);
    expect(stripRows(map, 1)).toBe(7);
  });
});
