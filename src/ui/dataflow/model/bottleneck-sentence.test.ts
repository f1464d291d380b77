import { beforeAll, expect, test } from "vitest";
import type { Bottleneck, Simulation } from "../../../simulator/result";
import { simulated, simulatedFixture } from "../testing/simulated";
import { bottleneckSentence } from "./bottleneck-sentence";
import type { Pipeline } from "./pipeline";

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await simulated("U250", { frames: 2 });
});
const sentence = (change: Partial<Simulation>, isFinal = true) =>
  bottleneckSentence({ ...pipeline, simulation: { ...pipeline.simulation, ...change } }, isFinal);
const steady = (change: Partial<Bottleneck>, interval = 112_658) => ({
  steady: {
    interval,
    fromFrame: 8,
    bottleneck: {
      machine: "MVAU_hls_13",
      busyCycles: 100_352,
      limit: "fifos",
      fullStreams: [],
      heldUpBy: null,
      ...change,
    } as Bottleneck,
  },
});

test("a machine that is always busy, and what would help", () => {
  expect(sentence(steady({ machine: "MVAU_hls_3", limit: "node", busyCycles: 401_408 }))).toBe(
    "MVAU_hls_3 is busy in every cycle: 401,408 cycles a frame; only more PE or SIMD there raises the rate.",
  );
  expect(sentence(steady({ machine: "StreamingDataWidthConverter_rtl_0", limit: "node" }))).toContain(
    "only wider beats beside it raise the rate.",
  );
});

test("the input", () => {
  expect(sentence(steady({ machine: "idma0", limit: "input", busyCycles: 150_528 }))).toBe(
    "The input is busy in every cycle: 150,528 cycles a frame; only wider beats into ConvolutionInputGenerator_rtl_0 raise the rate.",
  );
});

test("FINN's FIFOs of the U250", () => {
  const fullStreams = ["StreamingFIFO_rtl_72", "StreamingFIFO_rtl_73"];
  expect(sentence(steady({ fullStreams, heldUpBy: "ConvolutionInputGenerator_rtl_14" }))).toBe(
    "By its work alone ConvolutionInputGenerator_rtl_0 would set the pace, 111,340 cycles a frame. But results come only every 112,658, because of MVAU_hls_13: with 100,352 cycles a frame it has less to do, but at times it waits because StreamingFIFO_rtl_72 and _73 are full while ConvolutionInputGenerator_rtl_14 puts out its windows; deeper FIFOs there raise the rate.",
  );
});

test("the slowest node itself held up", () => {
  const slowest = { machine: "ConvolutionInputGenerator_rtl_0", busyCycles: 111_340 };
  expect(sentence(steady({ ...slowest, fullStreams: ["StreamingFIFO_rtl_1"], heldUpBy: "MVAU_hls_0" }))).toBe(
    "ConvolutionInputGenerator_rtl_0 has most to do, 111,340 cycles a frame, but results come only every 112,658: at times it waits because StreamingFIFO_rtl_1 is full while MVAU_hls_0 computes; deeper FIFOs there raise the rate.",
  );
});

test("one full stream, many, a register, and none", () => {
  const behind = { heldUpBy: "FMPadding_rtl_2" };
  expect(sentence(steady({ ...behind, fullStreams: ["StreamingFIFO_rtl_5"] }))).toContain(
    "because StreamingFIFO_rtl_5 is full while FMPadding_rtl_2 puts its border of zeros in",
  );
  const many = ["StreamingFIFO_rtl_5", "StreamingFIFO_rtl_6", "StreamingFIFO_rtl_7"];
  expect(sentence(steady({ ...behind, fullStreams: many }))).toContain(
    "the 3 streams from StreamingFIFO_rtl_5 to _7 are full",
  );
  expect(sentence(steady({ ...behind, fullStreams: ["StreamingFIFO_rtl_5", "a -> b"] }))).toContain(
    "StreamingFIFO_rtl_5 and a -> b are full",
  );
  expect(sentence(steady({}))).toContain(
    "at times no beat comes to it in time: StreamingDataWidthConverter_rtl_17, before it, gives them unevenly.",
  );
});

test("not steady yet, or not at all", () => {
  const [first, second] = pipeline.simulation.frames;
  const apart = ((second?.lastOut ?? 0) - (first?.lastOut ?? 0)).toLocaleString("en-US");
  expect(sentence({ steady: null }, false)).toBe(
    `More frames are being simulated, until they repeat; then the bottleneck is known. The last two results are ${apart} cycles apart.`,
  );
  expect(sentence({ steady: null })).toContain("After 2 frames the pipeline does not repeat itself yet.");
});

test("a deadlock names who waits for room, and where", () => {
  const waiting = [
    { machine: "MVAU_hls_1", what: "room", stream: "StreamingFIFO_rtl_7", held: 2, depth: 2 },
  ] as const;
  expect(sentence({ deadlock: { cycle: 1234, waiting } })).toBe(
    "Deadlock: after cycle 1,234 nothing moves any more. MVAU_hls_1 waits for room in StreamingFIFO_rtl_7, which holds 2 of 2 beats. A deeper FIFO there helps.",
  );
});

test("one that starves says what the machine before it does meanwhile", async () => {
  const chain = await simulatedFixture("chain_mixed.onnx", "ZCU104", { trace: { resolution: 64 } });
  expect(chain.simulation.steady?.bottleneck).toMatchObject({ machine: "MVAU_rtl_0", fullStreams: [] });
  expect(bottleneckSentence(chain, true)).toBe(
    "MVAU_rtl_0 has most to do, 96,000 cycles a frame, but results come only every 96,078: at times no beat comes to it in time, while ConvolutionInputGenerator_rtl_0 fills its line buffer for the next windows.",
  );
});
