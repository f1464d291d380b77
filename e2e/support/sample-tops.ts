import { readFileSync } from "node:fs";
import type { SampleTops } from "../../tools/model-refresh/sample-tops";

const file = new URL("../../fixtures/samples/top5.json", import.meta.url);
const tops: SampleTops = JSON.parse(readFileSync(file, "utf8"));

/** The class that the shipped network gives a sample photo, such as `bee.jpg`; `npm run model:refresh` knows it. */
export function bestClass(photo: string): { readonly index: number; readonly label: string } {
  const best = tops[photo]?.top5[0];
  if (!best) throw new Error(`fixtures/samples/top5.json has no ${photo}`);
  return best;
}
