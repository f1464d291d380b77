import { expect, test } from "vitest";
import { tinyGraph } from "../graph/testing/tiny-graph";
import { foldGraph } from "../hardware/fold-graph";
import { foldedFor } from "../hardware/testing/shipped-graph";
import { buildPipeline } from "./build-network";

const fifo = (edge: number, attributes: { depth: number; impl_style?: "vivado" }) =>
  [`StreamingFIFO_rtl_${edge}`, attributes] as const;
const tiny = (...fifos: ReturnType<typeof fifo>[]) =>
  foldGraph(tinyGraph(), { defaults: new Map(), nodes: new Map(fifos) });
const linksOf = (folded: ReturnType<typeof tiny>, depths?: ReadonlyMap<string, number>) =>
  buildPipeline(folded, { trace: null, ...(depths ? { depths } : {}) }).network.streams.map(
    ({ name, depth, register }) => ({ name, depth, register }),
  );

test("one machine a node and converter between the DMAs, one stream between two", () => {
  const folded = foldedFor("U250");
  const { network, kinds } = buildPipeline(folded, { trace: null });
  const blocks = folded.instances.filter(({ kind }) => kind !== "StreamingFIFO");
  expect(network.machines.map(({ name }) => name)).toEqual([
    "idma0",
    ...blocks.map(({ name }) => name),
    "odma0",
  ]);
  expect(network.streams).toHaveLength(blocks.length + 1);
  expect([kinds[0], kinds[1], kinds.at(-2), kinds.at(-1)]).toEqual([
    "IODMA",
    "ConvolutionInputGenerator",
    "LabelSelect",
    "IODMA",
  ]);
  for (const [i, stream] of network.streams.entries()) {
    expect(network.machines[i]?.outputs).toEqual([stream]);
    expect(network.machines[i + 1]?.inputs).toEqual([stream]);
  }
  // A picture of 224x224 pixels comes in pixel by pixel, and the five best classes go out.
  expect([network.streams[0]?.beats, network.streams.at(-1)?.beats]).toEqual([224 * 224, 5]);
});

test("a FIFO has the depth it is built with: Vivado's is a power of two", () => {
  const [first, second] = linksOf(
    tiny(fifo(0, { depth: 300 }), fifo(1, { depth: 300, impl_style: "vivado" })),
  );
  expect(first).toEqual({ name: "StreamingFIFO_rtl_0", depth: 300, register: false });
  expect(second).toEqual({ name: "StreamingFIFO_rtl_1", depth: 512, register: false });
});

test("a depth of 0 takes a FIFO out; what is left is a register", () => {
  const register = { name: "idma0 -> FMPadding_rtl_0", depth: 1, register: true };
  expect(linksOf(tiny(fifo(0, { depth: 0 })))[0]).toEqual(register);
  expect(linksOf(tiny(), new Map([["StreamingFIFO_rtl_0", 0]]))[0]).toEqual(register);
});

test("depths may be given in place of the folding's", () => {
  const [first, second] = linksOf(tiny(), new Map([["StreamingFIFO_rtl_0", Number.POSITIVE_INFINITY]]));
  expect(first?.depth).toBe(Number.POSITIVE_INFINITY);
  expect(second?.depth).toBe(2);
});
