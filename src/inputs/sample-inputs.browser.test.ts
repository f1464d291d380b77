import { expect, it } from "vitest";
import samples from "../../public/samples/samples.json";
import { preprocess } from "./preprocess";

/** What of a photo goes into the network, as Pillow has it (`fixtures/samples`). */
async function pillowsInput(photo: string): Promise<Uint8Array> {
  const response = await fetch(`/fixtures/samples/${photo.replace(".jpg", ".bin.gz")}`);
  // Vite serves it with its encoding, so that it comes unzipped.
  return new Uint8Array(await response.arrayBuffer());
}

// Chromium's JPEG library gave exactly Pillow's pixels; another version may round otherwise, by a few levels.
it.each(samples)("the app makes of $file what Pillow makes of it, within 4 of 255", async ({ file }) => {
  const expected = await pillowsInput(file);
  const { bytes } = await preprocess(await (await fetch(`/samples/${file}`)).blob());
  expect(expected).toHaveLength(224 * 224 * 3);
  expect(bytes).toHaveLength(expected.length);
  const difference = bytes.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0);
  expect(difference).toBeLessThanOrEqual(4);
});
