import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { StreamscopeError } from "../../../graph/errors";
import type { EndpointFault, RemoteResult } from "../../../remote/endpoint";
import { settled } from "../../testing/fake-emulator";
import { type SharedEndpoint, type SharedWork, shareWork } from "./share-work";

const fault = (name: EndpointFault, details: { status?: number } = {}) =>
  new StreamscopeError("endpoint", `It is ${name}.`, { fault: name, ...details });
const image = (n: number) => Uint8Array.of(n);
const resultFor = (inputs: readonly Uint8Array[]): RemoteResult => ({
  top: inputs.map(([n = 0]) => [n, 900, 901, 902, 903]),
  timeMs: { total: 4, queue: 1, device: 2 },
  parameters: {},
});

/** An endpoint whose answers come when the test says so. */
class HeldEndpoint implements SharedEndpoint {
  readonly requests: {
    readonly images: number[];
    answer(): Promise<void>;
    fail(name: EndpointFault): Promise<void>;
  }[] = [];
  health: EndpointFault | null = null;
  checks = 0;
  mostImages = Number.POSITIVE_INFINITY;

  constructor(readonly address: string) {}

  async check(): Promise<number> {
    this.checks++;
    if (this.health) throw fault(this.health);
    return this.mostImages;
  }

  infer(inputs: readonly Uint8Array[], signal: AbortSignal): Promise<RemoteResult> {
    return new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(new StreamscopeError("aborted", "Stopped.")));
      this.requests.push({
        images: inputs.map(([n = -1]) => n),
        answer: async () => {
          resolve(resultFor(inputs));
          await settled();
        },
        fail: async (name) => {
          reject(fault(name));
          await settled();
        },
      });
    });
  }
}

interface Started {
  readonly work: SharedWork;
  readonly stop: () => void;
  /** Lets those that are down try again. */
  retry(): Promise<void>;
  readonly waits: number[];
}

function start(endpoints: readonly SharedEndpoint[], batchSize = 4): Started {
  const ending = new AbortController();
  const waits: number[] = [];
  const retries: (() => void)[] = [];
  const work = shareWork(endpoints, {
    batchSize,
    signal: ending.signal,
    wait: (ms) => {
      waits.push(ms);
      return new Promise((resolve) => retries.push(resolve));
    },
    onChange: () => {},
  });
  return {
    work,
    waits,
    stop: () => ending.abort(),
    retry: async () => {
      for (const go of retries.splice(0)) go();
      await settled();
    },
  };
}

const firsts = async (answers: readonly Promise<{ top: readonly number[] }>[]) =>
  (await Promise.all(answers)).map(({ top }) => top[0]);

describe("several endpoints share a queue", () => {
  test("each free one takes its share, up to the batch, and answers reach those who asked", async () => {
    const [a, b] = [new HeldEndpoint("a"), new HeldEndpoint("b")];
    const { work } = start([a, b]);
    await settled();
    const answers = Array.from({ length: 4 }, (_, i) => work.ask(image(i)));
    await settled();
    // Four would fit into one batch, but two are free.
    expect(a.requests.map(({ images }) => images)).toEqual([[0, 1]]);
    expect(b.requests.map(({ images }) => images)).toEqual([[2, 3]]);
    answers.push(...Array.from({ length: 8 }, (_, i) => work.ask(image(4 + i))));
    await b.requests.shift()?.answer();
    expect(b.requests.map(({ images }) => images)).toEqual([[4, 5, 6, 7]]);
    for (const endpoint of [b, b, a]) await endpoint.requests.shift()?.answer();
    expect(await firsts(answers)).toEqual(Array.from({ length: 12 }, (_, i) => i));
    expect(work.states().map(({ phase }) => phase)).toEqual(["idle", "idle"]);
    expect(work.states().reduce((sum, { images }) => sum + images, 0)).toBe(12);
  });

  test("what a dead one had is done by the other; it rejoins when it is healthy", async () => {
    const [a, b] = [new HeldEndpoint("a"), new HeldEndpoint("b")];
    a.health = "unreachable";
    const { work, retry, waits } = start([a, b]);
    await settled();
    const answers = [0, 1].map((n) => work.ask(image(n)));
    await settled();
    expect(a.requests).toEqual([]);
    expect(work.states()[0]).toMatchObject({ phase: "down", failure: "It is unreachable." });
    await retry();
    expect(waits).toEqual([1000, 2000]);
    a.health = null;
    await b.requests.shift()?.fail("timed-out");
    await retry();
    for (const endpoint of [a, b, a, b]) await endpoint.requests.shift()?.answer();
    expect(await firsts(answers)).toEqual([0, 1]);
    expect(work.states()).toMatchObject([{ phase: "idle", failure: null }, { phase: "idle" }]);
  });

  test("a batch that is too large is halved until it is taken", async () => {
    const a = new HeldEndpoint("a");
    const { work } = start([a], 8);
    const answers = Array.from({ length: 8 }, (_, i) => work.ask(image(i)));
    await settled();
    expect(a.requests.map(({ images }) => images.length)).toEqual([8]);
    await a.requests.shift()?.fail("too-large");
    expect(a.requests.map(({ images }) => images.length)).toEqual([4]);
    await a.requests.shift()?.fail("too-large");
    for (let i = 0; i < 4; i++) await a.requests.shift()?.answer();
    expect(await firsts(answers)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(work.states()[0]?.batchSize).toBe(2);
  });

  test("an endpoint is given no more at once than it takes", async () => {
    const a = new HeldEndpoint("a");
    a.mostImages = 2;
    const { work } = start([a], 16);
    await settled();
    const answers = Array.from({ length: 3 }, (_, i) => work.ask(image(i)));
    await settled();
    expect(a.requests.map(({ images }) => images)).toEqual([[0, 1]]);
    for (let i = 0; i < 2; i++) await a.requests.shift()?.answer();
    expect(await firsts(answers)).toEqual([0, 1, 2]);
    expect(work.states()[0]?.batchSize).toBe(2);
  });

  test.each(["timed-out", "broke-off"] as const)("a batch that %s is halved after a check", async (name) => {
    const a = new HeldEndpoint("a");
    const { work, retry } = start([a], 8);
    const answers = Array.from({ length: 8 }, (_, i) => work.ask(image(i)));
    await settled();
    await a.requests.shift()?.fail(name);
    expect([a.checks, work.states()[0]?.phase]).toEqual([1, "down"]);
    await retry();
    expect(a.checks).toBe(2);
    for (let i = 0; i < 2; i++) {
      expect(a.requests.map(({ images }) => images.length)).toEqual([4]);
      await a.requests.shift()?.answer();
    }
    expect(await firsts(answers)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test.each([
    ["a proxy's 502", fault("server-error", { status: 502 }), true],
    ["a proxy's 504", fault("server-error", { status: 504 }), true],
    ["a server's 500", fault("server-error", { status: 500 }), false],
    ["a connection that breaks off", fault("broke-off"), false],
    ["what no request can be made of", new StreamscopeError("bad-input", "12 bytes, not 13."), false],
    ["an error of our own", new TypeError("undefined"), false],
  ])("%s, again and again for one image", async (_, error, isPassing) => {
    let fails = 4;
    const failing: SharedEndpoint = {
      address: "failing",
      check: async () => 1,
      infer: async (inputs) => {
        if (fails-- > 0) throw error;
        return resultFor(inputs);
      },
    };
    const { work, retry } = start([failing]);
    const outcome = work.ask(image(7)).then(
      () => "answered",
      () => "refused",
    );
    for (let i = 0; i < 5; i++) await retry();
    expect(await outcome).toBe(isPassing ? "answered" : "refused");
  });

  test("an image that is always refused fails alone; those beside it are answered", async () => {
    const picky: SharedEndpoint = {
      address: "picky",
      check: async () => Number.POSITIVE_INFINITY,
      infer: async (inputs) => {
        if (inputs.some(([n]) => n === 1)) throw fault("server-error");
        return resultFor(inputs);
      },
    };
    const { work, retry } = start([picky]);
    const answers = [0, 1, 2].map((n) => work.ask(image(n)));
    const outcomes = Promise.allSettled(answers);
    for (let i = 0; i < 4; i++) await retry();
    expect((await outcomes).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    await expect(answers[1]).rejects.toThrow("server-error");
  });

  test("an answer that lacks images is no answer", async () => {
    const short: SharedEndpoint = {
      address: "short",
      check: async () => Number.POSITIVE_INFINITY,
      infer: async (inputs) => resultFor(inputs.slice(1)),
    };
    const { work, retry } = start([short]);
    const refused = expect(work.ask(image(0))).rejects.toThrow("0 of 1");
    await retry();
    await retry();
    await refused;
  });

  test("stopping leaves nothing hanging, neither under way nor waiting", async () => {
    const a = new HeldEndpoint("a");
    const { work, stop } = start([a], 1);
    const answers = [work.ask(image(0)), work.ask(image(1))];
    await settled();
    stop();
    for (const answer of [...answers, work.ask(image(2))]) {
      await expect(answer).rejects.toMatchObject({ code: "aborted" });
    }
  });

  test("whatever fails and dies, every image is answered once, by an endpoint that had it", async () => {
    const faults = fc.constantFrom<EndpointFault | null>(
      null,
      null,
      "unreachable",
      "timed-out",
      "overloaded",
      "not-ready",
    );
    const script = fc.array(fc.tuple(faults, faults), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(script, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 20 }),
        async (scripts, batchSize, count) => {
          const answered: number[] = [];
          const endpoints = scripts.map((steps, e): SharedEndpoint => {
            const next = [...steps];
            return {
              address: `${e}`,
              check: async () => {
                const broken = next[0]?.[0];
                if (broken) next.shift();
                if (broken) throw fault(broken);
                return Number.POSITIVE_INFINITY;
              },
              infer: async (inputs) => {
                const broken = next.shift()?.[1];
                if (broken) throw fault(broken);
                answered.push(...inputs.map(([n = -1]) => n));
                expect(inputs.length).toBeLessThanOrEqual(batchSize);
                return resultFor(inputs);
              },
            };
          });
          const { work, retry, stop } = start(endpoints, batchSize);
          const answers = firsts(Array.from({ length: count }, (_, i) => work.ask(image(i))));
          for (let i = 0; i < 14; i++) await retry();
          const all = Array.from({ length: count }, (_, i) => i);
          expect(await answers).toEqual(all);
          expect(answered.toSorted((x, y) => x - y)).toEqual(all);
          stop();
        },
      ),
      { numRuns: 40 },
    );
  });
});
