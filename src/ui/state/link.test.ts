import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { viewIds } from "../views";
import { readLink, writeLink } from "./link";
import { engineChoices } from "./settings-slice";

const nothing = { view: null, sample: null, engine: null };

describe("readLink", () => {
  test("an empty hash asks for nothing", () => {
    expect(readLink("")).toEqual({ state: nothing, problems: [] });
    expect(readLink("#")).toEqual({ state: nothing, problems: [] });
  });

  test("reads every field", () => {
    expect(readLink("#v=1&view=classify&sample=panda&engine=ort")).toEqual({
      state: { view: "classify", sample: "panda", engine: "ort" },
      problems: [],
    });
  });

  test("keeps what is good and names what is not", () => {
    const { state, problems } = readLink("#v=1&view=attic&sample=../../etc&engine=webgpu&speed=9");
    expect(state).toEqual({ view: null, sample: null, engine: "webgpu" });
    expect(problems).toEqual([
      'The link asks for view "attic", which is not there.',
      'The link asks for sample "../../etc", which is not there.',
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
        expect(Object.keys(state)).toEqual(["view", "sample", "engine"]);
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
  });
  fc.assert(
    fc.property(states, (state) => {
      expect(readLink(writeLink(state))).toEqual({ state, problems: [] });
    }),
  );
});
