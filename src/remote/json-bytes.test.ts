import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonWithBytes } from "./json-bytes";

test("is what JSON has for these numbers", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.string({ unit: "grapheme" }), (bytes, name) => {
      const text = jsonWithBytes(`{${JSON.stringify(name)}:[`, bytes, "]}");
      expect(new TextDecoder().decode(text)).toBe(JSON.stringify({ [name]: [...bytes] }));
    }),
  );
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  expect(new TextDecoder().decode(jsonWithBytes("[", all, "]"))).toBe(JSON.stringify([...all]));
});
