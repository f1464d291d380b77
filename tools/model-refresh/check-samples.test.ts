import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import samples from "../../public/samples/samples.json";
import { checkSamples } from "./check-samples";
import { places } from "./places";
import type { SampleTops } from "./sample-tops";

const json = (path: string) => JSON.parse(readFileSync(path, "utf8"));

/** Twelve photos, of which so many get another class than `thing`. */
function topsWith(wrong: number): SampleTops {
  const photos = Array.from({ length: 12 }, (_, i) => [
    `${i}.jpg`,
    { input_crc32: i, top5: [{ index: 0, label: i < wrong ? "other" : "thing", logit: 5 }] },
  ]);
  return Object.fromEntries(photos);
}
const shown = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`${i}.jpg`, ["object", "thing"]]));

test("two of twelve may be wrong, and are named", () => {
  expect(checkSamples(topsWith(0), shown)).toEqual([]);
  expect(checkSamples(topsWith(2), shown)).toEqual(["0.jpg (other)", "1.jpg (other)"]);
});

test("with more wrong the network is refused", () => {
  expect(() => checkSamples(topsWith(3), shown)).toThrow(
    "names 9 of the 12 sample photos rightly, and one that ships must name 10; nothing was written. Wrong: 0.jpg (other), 1.jpg (other), 2.jpg (other).",
  );
});

test("a photo of which nobody has said what it shows is told", () => {
  expect(() => checkSamples(topsWith(0), {})).toThrow("what 0.jpg shows");
});

test("what the sample photos show is said of each, in the names of classes", () => {
  const shownHere: Record<string, string[]> = json(places.shown);
  expect(Object.keys(shownHere).sort()).toEqual(samples.map(({ file }) => file).sort());
  const labels = new Set(readFileSync(places.labels, "utf8").split("\n"));
  expect(
    Object.values(shownHere)
      .flat()
      .filter((name) => !labels.has(name)),
  ).toEqual([]);
});

test("the network that ships is one that may", () => {
  const tops: SampleTops = json(places.tops);
  expect(Object.keys(tops).sort()).toEqual(samples.map(({ file }) => file).sort());
  expect(checkSamples(tops, json(places.shown)).length).toBeLessThanOrEqual(2);
});
