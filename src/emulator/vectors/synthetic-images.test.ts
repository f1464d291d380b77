import crc32 from "crc-32";
import { expect, it } from "vitest";
import vectors from "../../../fixtures/vectors/mobilenetv1-w4a4.json";
import { syntheticImage, syntheticImages } from "./synthetic-images";

it("has a formula for every image of the vectors", () => {
  expect([...syntheticImages].sort()).toEqual(Object.keys(vectors).sort());
});

it.each(syntheticImages)("%s has the bytes the vectors were made with", (name) => {
  expect(crc32.buf(syntheticImage(name)) >>> 0).toBe(vectors[name].input_crc32);
});
