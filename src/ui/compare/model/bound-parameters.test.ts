import fc from "fast-check";
import { expect, test } from "vitest";
import { boundParameters, parametersBound } from "./bound-parameters";

test("what is short stays as it is", () => {
  const said = { backend: "pynq", hardware: true, queue_ms: 0.25 };
  expect(boundParameters(said)).toEqual({ parameters: said, parametersLeftOut: 0 });
});

test("a long one is left out, and those after it stay", () => {
  const said = { log: "x".repeat(60_000), hardware: true };
  expect(boundParameters(said)).toEqual({ parameters: { hardware: true }, parametersLeftOut: 1 });
});

test("whatever an endpoint says: what is kept is bounded and untouched, and the rest is counted", () => {
  const value = fc.oneof(fc.string({ maxLength: 3000 }), fc.double({ noNaN: true }), fc.boolean());
  fc.assert(
    fc.property(
      fc.dictionary(fc.string({ maxLength: 600 }), value, { maxKeys: 40, noNullPrototype: true }),
      (said) => {
        const { parameters, parametersLeftOut } = boundParameters(said);
        expect(JSON.stringify(parameters).length).toBeLessThanOrEqual(parametersBound);
        for (const [name, kept] of Object.entries(parameters)) expect(kept).toBe(said[name]);
        expect(Object.keys(parameters).length + parametersLeftOut).toBe(Object.keys(said).length);
      },
    ),
    { numRuns: 50 },
  );
});
