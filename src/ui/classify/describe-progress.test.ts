import { expect, test } from "vitest";
import type { Attempt } from "../state/picture-slice";
import { fakeModel } from "../testing/fake-emulator";
import { fakePicture } from "../testing/fake-picture";
import { describeProgress } from "./describe-progress";

const running: Attempt = { id: 1, picture: fakePicture("bee.jpg"), phase: "running", failure: null };
const ready = { phase: "ready", model: fakeModel() } as const;

test("weights count in bytes, set-up in steps", () => {
  const weights = {
    stage: "weights",
    done: 1_050_000,
    total: 2_100_000,
    label: "Fetching the weights",
  } as const;
  expect(describeProgress({ phase: "loading", progress: weights }, running)).toEqual({
    label: "Fetching the weights",
    amount: "1.1 MB of 2.1 MB",
    share: 0.5,
  });
  const engine = { stage: "engine", done: 3, total: 12, label: "Compiling kernels" } as const;
  expect(describeProgress({ phase: "loading", progress: engine }, null)).toMatchObject({
    amount: "3 of 12",
    share: 0.25,
  });
});

test("what has no known end shows none", () => {
  const checks = { stage: "checks", done: 0, total: 1, label: "Checking the package" } as const;
  expect(describeProgress({ phase: "loading", progress: checks }, null)).toEqual({
    label: "Checking the package",
    amount: null,
    share: null,
  });
  expect(describeProgress({ phase: "loading", progress: null }, null)?.label).toBe("Loading the model");
});

test("a picture under way is named; otherwise there is nothing to tell", () => {
  expect(describeProgress(ready, running)?.label).toBe("Classifying bee.jpg");
  expect(describeProgress(ready, { ...running, phase: "done" })).toBeNull();
  expect(describeProgress(ready, null)).toBeNull();
});
