import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryCase } from "../../../emulator/testing/arbitrary-graph";
import { Random } from "../../../emulator/testing/random";
import { sizeOf } from "../../../graph/dataflow";
import { streamOn } from "./chain";
import { describePlace } from "./describe-place";
import { type Place, placeKey } from "./place";
import { numberAt, provenanceOf } from "./provenance";
import { isReducer, reductionOf } from "./reduction";
import { climb } from "./staircase";
import { randomFolding } from "./testing/random-folding";
import { type Run, runOf } from "./testing/walk";

const runs = async (check: (run: Run, random: Random) => void, seed: number) => {
  await fc.assert(
    fc.asyncProperty(arbitraryCase, fc.nat(), async ({ graph, input }, seed) => {
      const random = new Random(seed);
      const config = randomFolding(graph, (values) => random.pick(values));
      const run = await runOf({ graph, config, bytes: input });
      if (run) check(run, random);
    }),
    { numRuns: 25, seed },
  );
};

/** Some places of every kind that a chain has. */
function somePlaces({ chain }: Run, random: Random): Place[] {
  const places: Place[] = [];
  for (let edge = 0; edge <= chain.nodes.length; edge++) {
    const size = sizeOf(streamOn(chain, edge).shape);
    for (let i = 0; i < 6; i++) places.push({ kind: "value", edge, index: random.integer(0, size - 1) });
  }
  for (const [node, folded] of chain.nodes.entries()) {
    if (!isReducer(folded)) continue;
    const { pixels, channels, terms, simd } = reductionOf(folded);
    for (let i = 0; i < 6; i++) {
      const [pixel, channel] = [random.integer(0, pixels - 1), random.integer(0, channels - 1)];
      places.push({ kind: "sum", node, pixel, channel, terms: simd * random.integer(0, terms / simd) });
      places.push({ kind: "product", node, pixel, channel, term: random.integer(0, terms - 1) });
    }
  }
  return places;
}

test("a sum is the dot product of the inputs and weights that its trail names", async () => {
  let sums = 0;
  await runs((run, random) => {
    for (const place of somePlaces(run, random)) {
      if (place.kind !== "sum") continue;
      const { value, sources } = provenanceOf(run.chain, place);
      let total = 0;
      for (const product of sources) {
        const [input, weight, ...none] = provenanceOf(run.chain, product).sources;
        const isPool = run.chain.nodes[place.node]?.kind === "Pool";
        const kinds = [product.kind, input?.kind, weight?.kind, none];
        expect(kinds).toEqual(["product", "value", isPool ? undefined : "weight", []]);
        total += numberAt(run.chain, input!) * (weight ? numberAt(run.chain, weight) : 1);
      }
      expect(total).toBe(value);
      sums++;
    }
  }, 1);
  expect(sums).toBeGreaterThan(100);
});

test("what goes somewhere is named there as a source, and the other way round", async () => {
  await runs((run, random) => {
    const has = (places: readonly Place[], place: Place) =>
      places.some((other) => placeKey(other) === placeKey(place));
    for (const place of somePlaces(run, random)) {
      const { sources, consumers } = provenanceOf(run.chain, place);
      for (const consumer of consumers) {
        const back = provenanceOf(run.chain, consumer).sources;
        // A sum's sources are products; the sum before it is one of fewer of them.
        if (place.kind === "sum" && consumer.kind === "sum")
          expect(consumer.terms).toBeGreaterThan(place.terms);
        else expect([placeKey(place), has(back, place)]).toEqual([placeKey(place), true]);
      }
      for (const source of sources) {
        if (source.kind !== "value" && source.kind !== "product") continue;
        const on = provenanceOf(run.chain, source).consumers;
        // A product goes into the sum of its own cycle, which then goes on.
        if (place.kind === "sum") expect(on[0]?.kind).toBe("sum");
        else expect([placeKey(place), has(on, place)]).toEqual([placeKey(place), true]);
      }
    }
  }, 2);
});

test("an output's trail leads to the last threshold reached and the first that was not", async () => {
  let steps = 0;
  await runs((run, random) => {
    for (const place of somePlaces(run, random)) {
      const producer = place.kind === "value" ? run.chain.nodes[place.edge - 1] : undefined;
      if (!producer || !("activation" in producer.node) || !producer.node.activation) continue;
      const { value, sources } = provenanceOf(run.chain, place);
      const [sum, ...thresholds] = sources;
      const reached = numberAt(run.chain, sum!);
      for (const threshold of thresholds) {
        if (threshold.kind !== "threshold") throw new Error("not a threshold");
        const { activation } = producer.node;
        expect(climb(activation, threshold.channel, reached).value).toBe(value);
        const isReached = threshold.step < value - activation.actVal;
        expect(numberAt(run.chain, threshold) <= reached).toBe(isReached);
        steps++;
      }
    }
  }, 3);
  expect(steps).toBeGreaterThan(100);
});

test("no two numbers of a chain have the same description", async () => {
  await runs((run, random) => {
    const places = new Map(somePlaces(run, random).map((place) => [placeKey(place), place]));
    const texts = [...places.values()].map((place) => {
      const node = place.kind === "value" ? place.edge : place.node;
      return `${node}: ${describePlace(run.chain, place, "the photo")}`;
    });
    expect(new Set(texts).size).toBe(texts.length);
  }, 4);
});
