import { expect, it } from "vitest";
import { missingSentence } from "./device";

it("tells an insecure page from a browser without WebGPU", () => {
  expect(missingSentence(false)).toContain("https");
  expect(missingSentence(true)).toContain("browser");
  expect(missingSentence(undefined)).toContain("browser");
});
