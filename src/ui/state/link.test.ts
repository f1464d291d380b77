import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { viewIds } from "../views";
import { readLink, writeLink } from "./link";
import { engineChoices } from "./settings-slice";
import { tourLength } from "./tour-slice";

const nothing = {
  view: null,
  sample: null,
  engine: null,
  board: null,
  folding: null,
  node: null,
  channel: null,
  pixel: null,
  cycle: null,
  block: null,
  tour: null,
  endpoint: null,
};

describe("readLink", () => {
  test("an empty hash asks for nothing", () => {
    expect(readLink("")).toEqual({ state: nothing, problems: [] });
    expect(readLink("#")).toEqual({ state: nothing, problems: [] });
  });

  test("reads every field", () => {
    const link =
      "#v=1&view=folding&sample=panda&engine=ort&board=ZCU104&folding=MVAU_rtl_3.PE-8" +
      "&node=VVAU_hls_2&channel=17&pixel=MVAU_hls_3.10.12&cycle=273467&block=dws-7&tour=4&endpoint=https%3A%2F%2Fcard.example%3A8000";
    expect(readLink(link)).toEqual({
      state: {
        view: "folding",
        sample: "panda",
        engine: "ort",
        board: "ZCU104",
        folding: "MVAU_rtl_3.PE-8",
        node: "VVAU_hls_2",
        channel: "17",
        pixel: "MVAU_hls_3.10.12",
        cycle: "273467",
        block: "dws-7",
        tour: "4",
        endpoint: "https://card.example:8000",
      },
      problems: [],
    });
  });

  test("keeps what is good and names what is not", () => {
    const { state, problems } = readLink(
      "#v=1&view=attic&sample=../../etc&engine=webgpu&board=toaster&folding=PE&node=1&channel=-1&pixel=x&cycle=1e9&block=7&tour=99&endpoint=ftp://card&speed=9",
    );
    expect(state).toEqual({ ...nothing, engine: "webgpu" });
    expect(problems).toEqual([
      'The link asks for view "attic", which is not there.',
      'The link asks for sample "../../etc", which is not there.',
      'The link asks for board "toaster", which is not there.',
      'The link asks for folding "PE", which is not there.',
      'The link asks for node "1", which is not there.',
      'The link asks for channel "-1", which is not there.',
      'The link asks for pixel "x", which is not there.',
      'The link asks for cycle "1e9", which is not there.',
      'The link asks for block "7", which is not there.',
      'The link asks for tour "99", which is not there.',
      'The link asks for endpoint "ftp://card", which is not there.',
      "Part of the link was not understood: speed.",
    ]);
  });

  test("a link of another version is not half understood", () => {
    expect(readLink("#v=2&engine=ort")).toEqual({
      state: nothing,
      problems: ["This link was made by another version of Streamscope."],
    });
  });

  test("is not fooled by names every object has", () => {
    expect(readLink("#toString=1&__proto__=2").problems).toEqual([
      "Part of the link was not understood: toString, __proto__.",
    ]);
  });

  test("survives any text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" })), (text) => {
        const { state, problems } = readLink(text);
        expect(Object.keys(state)).toEqual(Object.keys(nothing));
        for (const problem of problems) expect(problem.length).toBeLessThan(110);
      }),
    );
  });
});

test("what is written is read back", () => {
  const orNothing = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
  const states = fc.record({
    view: orNothing(fc.constantFrom(...viewIds)),
    sample: orNothing(fc.stringMatching(/^[\w-]{1,60}$/)),
    engine: orNothing(fc.constantFrom(...engineChoices)),
    board: orNothing(fc.constantFrom("U250", "ZCU102", "ZCU104")),
    folding: orNothing(fc.stringMatching(/^MVAU_hls_\d\.PE-\d{1,3}$/)),
    node: orNothing(fc.constantFrom("MVAU_hls_0", "ConvolutionInputGenerator_rtl_14")),
    channel: orNothing(fc.nat(99_999).map(String)),
    pixel: orNothing(fc.stringMatching(/^(input|VVAU_hls_\d)\.\d{1,3}\.\d{1,3}$/)),
    cycle: orNothing(fc.nat(9_999_999).map(String)),
    block: orNothing(fc.stringMatching(/^[a-z]{1,20}-\d{1,3}$/)),
    tour: orNothing(fc.integer({ min: 1, max: tourLength }).map(String)),
    endpoint: orNothing(fc.webUrl({ validSchemes: ["http", "https"] }).filter((url) => url.length <= 200)),
  });
  fc.assert(
    fc.property(states, (state) => {
      expect(readLink(writeLink(state))).toEqual({ state, problems: [] });
    }),
  );
});
