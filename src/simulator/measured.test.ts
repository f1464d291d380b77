import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { withFifoDepths } from "../hardware/fifo-depths";
import { type FoldedGraph, foldGraph } from "../hardware/fold-graph";
import { mobilenetFoldings } from "../hardware/presets";
import { foldedFor, shippedGraph } from "../hardware/testing/shipped-graph";
import { simulate } from "./simulate";

const document = readFileSync(new URL("../../docs/simulator.md", import.meta.url), "utf8");
const grouped = (value: number) => Math.round(value).toLocaleString("en-US");

/** What the notebooks of finn-examples printed on the boards; `text` is of what a batch leaves unexplained. */
const builds = [
  {
    name: "U250",
    board: "U250",
    clockMhz: 206,
    fps: 1813.1,
    batch: 1000,
    oneCallMs: 2.71,
    text: "3.9 ms (U250)",
  },
  {
    name: "ZCU102",
    board: "ZCU102",
    clockMhz: 187.498,
    fps: 459.46,
    batch: 100,
    oneCallMs: 6.92,
    text: "3.1 ms a call",
  },
  {
    name: "Zynq at 100 MHz",
    board: "ZCU104",
    clockMhz: 99.999,
    fps: 245.15,
    batch: 100,
    oneCallMs: 11.6,
    text: "5.6 ms (Zynq)",
  },
] as const;

/** Cycles to the first result, and from it to the second. */
async function resultsOf(folded: FoldedGraph): Promise<{ first: number; interval: number }> {
  const { frames } = await simulate(folded, { frames: 2 });
  const [first = 0, second = 0] = frames.map(({ lastOut }) => lastOut + 1);
  return { first, interval: second - first };
}

test.each(builds)(
  "$name: simulated and measured, as the document says",
  async (build) => {
    const { first, interval } = await resultsOf(foldedFor(build.board));
    const measured = (build.clockMhz * 1e6) / build.fps;
    const simulated = (first + (build.batch - 1) * interval) / build.batch;
    const off = simulated / measured - 1;
    expect(off).toBeLessThan(0);
    expect(off).toBeGreaterThan(-0.02);
    const cells = [build.name, `${build.clockMhz} MHz`, grouped(build.batch), build.fps, grouped(measured)];
    const percent = `−${(-100 * off).toFixed(1)} %`;
    expect(document).toContain(
      `| ${[...cells, grouped(interval), grouped(simulated), percent].join(" | ")} |`,
    );

    // A call also has the host's part, so the pipeline's must be less.
    const firstMs = first / (build.clockMhz * 1e3);
    const left = build.oneCallMs - firstMs;
    expect(left).toBeGreaterThan(0);
    const times = [`${firstMs.toFixed(2)} ms`, `${build.oneCallMs} ms`, `${left.toFixed(2)} ms`];
    expect(document).toContain(`| ${[build.name, grouped(first), ...times].join(" | ")} |`);

    const batchLeftMs = ((measured - simulated) * build.batch) / (build.clockMhz * 1e3);
    expect(build.text).toContain(`${batchLeftMs.toFixed(1)} ms`);
    expect(document).toContain(build.text);
  },
  240_000,
);

test("U250, floorplanned: the clock that would fit, and the rate at the clock that its authors name", async () => {
  const { first, interval } = await resultsOf(foldedFor("U250"));
  const simulated = (first + 99 * interval) / 100;
  const fps = 240e6 / simulated;
  expect(document).toContain("made 1980.2 fps in batches of 100");
  expect(document).toContain(`${((1980.2 * simulated) / 1e6).toFixed(0)} MHz would fit`);
  const percent = (100 * (fps / 1980.2 - 1)).toFixed(0);
  expect(document).toContain(`the simulator's ${grouped(fps)} fps are ${percent} % more than the card made`);
});

const fifo = (number: number) => `StreamingFIFO_rtl_${number}`;

test("U250: one FIFO of 168 beats brings the slowest node's rate back, and 167 do not", async () => {
  const folded = foldedFor("U250");
  const withDepth = (depth: number) =>
    simulate(folded, { frames: 4, depths: new Map([[fifo(73), depth]]) }).then(({ frames }) => {
      const [before = 0, last = 0] = frames.slice(-2).map(({ lastOut }) => lastOut);
      return last - before;
    });
  expect(await withDepth(168)).toBe(111_340);
  expect(await withDepth(167)).toBe(111_373);
});

/** What `sizeFifos` finds for the whole network; all others are 2. */
const sizedU250 = [
  [3, 175],
  [9, 512],
  [23, 32],
  [29, 32],
  [35, 32],
  [39, 84],
  [44, 32],
  [49, 32],
  [54, 32],
  [59, 32],
  [65, 32],
  [68, 2048],
  [71, 52],
  [73, 1024],
] as const;

test("U250: with the depths that sizeFifos finds, the slowest node's rate in a ninth of the bits", async () => {
  const graph = shippedGraph();
  const own = foldedFor("U250");
  const fifos = own.instances.flatMap((one) => (one.kind === "StreamingFIFO" ? [one] : []));
  const depths = new Map([
    ...fifos.map(({ name }) => [name, 2] as const),
    ...sizedU250.map(([number, depth]) => [fifo(number), depth] as const),
  ]);
  const config = withFifoDepths(mobilenetFoldings.U250(), depths);
  const sized = foldGraph(graph, config, { widths: "type-bound" });
  expect((await simulate(sized)).steady).toMatchObject({
    interval: 111_340,
    bottleneck: { machine: "ConvolutionInputGenerator_rtl_0", limit: "node" },
  });

  const bits = ({ instances }: FoldedGraph) =>
    instances.reduce(
      (sum, one) => sum + (one.kind === "StreamingFIFO" ? one.folding.depth * one.widthBits : 0),
      0,
    );
  expect(document).toContain(`${grouped(bits(sized))} bits`);
  expect(document).toContain(`${grouped(bits(own))} bits`);
});
