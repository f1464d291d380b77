import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StreamscopeError } from "../../graph/errors";
import type { CreateEngine, Engine, RunResult, Tap } from "../engine";
import { createReferenceEngine } from "../reference/engine";
import { arbitraryCase, type EngineCase } from "./arbitrary-graph";
import { edgeCases, hugeSums } from "./edge-cases";
import { mobilenetShaped } from "./mobilenet";
import { Random } from "./random";

export interface ConformanceOptions {
  /** How many random graphs to compare. */
  readonly numRuns?: number;
  /** fast-check's seed; without it, new graphs each time (a failure prints its seed). */
  readonly seed?: number;
}

/**
 * The tests that every engine passes: it gives the integers of the reference at every node of
 * every graph, and keeps the contract of `Engine`. Call it in a test file.
 */
export function describeEngine(
  name: string,
  createEngine: CreateEngine,
  options: ConformanceOptions = {},
): void {
  describeIntegers(name, createEngine, options);
  describeContract(name, createEngine);
}

function describeIntegers(
  name: string,
  createEngine: CreateEngine,
  { numRuns = 30, seed }: ConformanceOptions,
): void {
  describe(`${name}: the integers of the hardware`, () => {
    it.each(edgeCases)("$name", (edge) => expectAsReference(createEngine, edge));

    it("random graphs, every node", async () => {
      const property = fc.asyncProperty(arbitraryCase, (random) => expectAsReference(createEngine, random));
      await fc.assert(property, { numRuns, ...(seed === undefined ? {} : { seed }) });
    });

    it("sums beyond 2^24: right or refused", async () => {
      try {
        await expectAsReference(createEngine, hugeSums);
      } catch (error) {
        expect(error).toBeInstanceOf(StreamscopeError);
        expect(error).toMatchObject({ code: "unsupported-model" });
      }
    });
  });
}

/** How an engine behaves, whatever it computes: queue, taps, refusals, abort, dispose. */
export function describeContract(name: string, createEngine: CreateEngine): void {
  describe(`${name}: the contract of an engine`, () => {
    const graph = mobilenetShaped({ seed: 21, width: 1 / 8, inputSize: 48, classes: 12 });
    const frame = (seed: number) => new Random(seed).input(graph.input.datatype, graph.input.shape);

    it("says what it is", () =>
      withEngine(createEngine, graph, async ({ info }) => {
        expect(info.label).not.toBe("");
        expect(["gpu", "software-gpu", "cpu"]).toContain(info.device);
      }));

    it("runs calls one after another, each with its own input", () =>
      withEngine(createEngine, graph, async (engine) => {
        const frames = [31, 32, 33].map(frame);
        const settled: number[] = [];
        const results = await Promise.all(
          frames.map(async (input, i) => {
            const result = await engine.run(input);
            settled.push(i);
            return result;
          }),
        );
        expect(settled).toEqual([0, 1, 2]);
        for (const [i, input] of frames.entries()) {
          expect(results[i]?.logits).toEqual((await reference({ graph, input })).logits);
        }
      }));

    it("reads the input when called: the caller may reuse the array", () =>
      withEngine(createEngine, graph, async (engine) => {
        const input = frame(34);
        const expected = await reference({ graph, input: input.slice() });
        const running = engine.run(input);
        input.fill(0);
        expect((await running).logits).toEqual(expected.logits);
      }));

    it("gives only the taps asked for, and gives them away", () =>
      withEngine(createEngine, graph, async (engine) => {
        const node = "MVAU_hls_3";
        const first = await engine.run(frame(35), { taps: [node] });
        expect([...first.taps.keys()]).toEqual([node]);
        const kept = first.taps.get(node)?.data.slice();
        first.taps.get(node)?.data.fill(1);
        const second = await engine.run(frame(35), { taps: [node] });
        expect(second.taps.get(node)?.data).toEqual(kept);
        expect((await engine.run(frame(35))).taps.size).toBe(0);
      }));

    it("states the time it took", () =>
      withEngine(createEngine, graph, async (engine) => {
        const { timeMs } = await engine.run(frame(36));
        for (const time of Object.values(timeMs)) expect(time).toBeGreaterThanOrEqual(0);
      }));

    it("refuses an unknown tap by name, and runs on", () =>
      withEngine(createEngine, graph, async (engine) => {
        await expect(engine.run(frame(37), { taps: ["MVAU_hls_77"] })).rejects.toMatchObject({
          code: "bad-input",
          message: expect.stringContaining("MVAU_hls_77"),
        });
        await expect(engine.run(frame(37))).resolves.toHaveProperty("logits");
      }));

    it("refuses an input of the wrong length, and runs on", () =>
      withEngine(createEngine, graph, async (engine) => {
        await expect(engine.run(frame(38).subarray(1))).rejects.toMatchObject({ code: "bad-input" });
        await expect(engine.run(new Uint8Array())).rejects.toMatchObject({ code: "bad-input" });
        await expect(engine.run(frame(38))).resolves.toHaveProperty("logits");
      }));

    it("refuses values outside the input's type", async () => {
      const narrow = edgeCases.find(({ graph }) => graph.input.datatype.name === "INT5");
      if (!narrow) throw new Error("no edge case with INT5 input");
      await withEngine(createEngine, narrow.graph, async (engine) => {
        const input = narrow.input.slice().fill(16, 3, 4);
        await expect(engine.run(input)).rejects.toMatchObject({ code: "bad-input" });
      });
    });

    it("stops before it starts when the signal has fired", () =>
      withEngine(createEngine, graph, async (engine) => {
        const signal = AbortSignal.abort();
        await expect(engine.run(frame(39), { signal })).rejects.toMatchObject({ code: "aborted" });
      }));

    it("drops a queued run whose signal fires; the others finish", () =>
      withEngine(createEngine, graph, async (engine) => {
        const controller = new AbortController();
        const first = engine.run(frame(40));
        const dropped = engine.run(frame(41), { signal: controller.signal });
        const last = engine.run(frame(42));
        controller.abort();
        await expect(dropped).rejects.toMatchObject({ code: "aborted" });
        expect((await first).logits).toEqual((await reference({ graph, input: frame(40) })).logits);
        expect((await last).logits).toEqual((await reference({ graph, input: frame(42) })).logits);
      }));

    it("leaves no run hanging when it is disposed, and refuses further ones", async () => {
      const engine = await createEngine(graph);
      const running = Promise.allSettled([engine.run(frame(43)), engine.run(frame(44))]);
      engine.dispose();
      engine.dispose();
      for (const outcome of await running) {
        if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(StreamscopeError);
      }
      await expect(engine.run(frame(45))).rejects.toBeInstanceOf(StreamscopeError);
    });

    it("refuses a graph that names no best classes", async () => {
      const headless = { ...graph, nodes: graph.nodes.slice(0, -1) };
      await expect(createEngine(headless)).rejects.toMatchObject({ code: "unsupported-model" });
    });

    it("is not made when the signal has fired", async () => {
      await expect(createEngine(graph, { signal: AbortSignal.abort() })).rejects.toMatchObject({
        code: "aborted",
      });
    });
  });
}

async function withEngine(
  createEngine: CreateEngine,
  graph: EngineCase["graph"],
  use: (engine: Engine) => Promise<void>,
): Promise<void> {
  const engine = await createEngine(graph);
  try {
    await use(engine);
  } finally {
    engine.dispose();
  }
}

const tapsOf = ({ graph }: EngineCase) => graph.nodes.map((node) => node.name);

async function reference(engineCase: EngineCase): Promise<RunResult> {
  const engine = await createReferenceEngine(engineCase.graph);
  return engine.run(engineCase.input, { taps: tapsOf(engineCase) });
}

/** Runs a graph with every node tapped and compares all integers, shapes, types, and the top labels. */
async function expectAsReference(createEngine: CreateEngine, engineCase: EngineCase): Promise<void> {
  const expected = await reference(engineCase);
  await withEngine(createEngine, engineCase.graph, async (engine) => {
    const result = await engine.run(engineCase.input, { taps: tapsOf(engineCase) });
    for (const [node, tap] of expected.taps) {
      expect(difference(tap, result.taps.get(node)), node).toBeNull();
    }
    expect(result.logits).toEqual(expected.logits);
    expect(result.top).toEqual(expected.top);
  });
}

/** The first difference of two taps in words, or null. (Printing whole feature maps helps nobody.) */
function difference(expected: Tap, got: Tap | undefined): string | null {
  if (!got) return "no tap";
  const form = ({ shape, datatype, data }: Tap) =>
    `${data.constructor.name} of ${data.length}: ${shape.join("x")} ${datatype.name}`;
  if (form(expected) !== form(got)) return `expected ${form(expected)}, got ${form(got)}`;
  const at = expected.data.findIndex((value, i) => value !== got.data[i]);
  return at < 0 ? null : `at ${at}: expected ${expected.data[at]}, got ${got.data[at]}`;
}
