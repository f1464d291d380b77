import { expect, test } from "vitest";
import { describeDeadlock } from "./describe-deadlock";

test("names the machines and the streams, and what is in these", () => {
  const sentence = describeDeadlock({
    cycle: 1041,
    waiting: [
      { machine: "idma0", what: "room", stream: "StreamingFIFO_rtl_0", held: 2, depth: 2 },
      { machine: "DuplicateStreams_hls_0", what: "room", stream: "StreamingFIFO_rtl_1", held: 2, depth: 2 },
      { machine: "AddStreams_hls_0", what: "beat", stream: "StreamingFIFO_rtl_5", held: 0, depth: 32 },
    ],
  });
  expect(sentence).toBe(
    "Deadlock: after cycle 1,041 nothing moves any more. DuplicateStreams_hls_0 waits for room in " +
      "StreamingFIFO_rtl_1, which holds 2 of 2 beats; AddStreams_hls_0 waits for a beat from " +
      "StreamingFIFO_rtl_5; 1 more wait on them. A deeper FIFO there helps.",
  );
});
