import { readFileSync } from "node:fs";
import type { ShownClass } from "./support/classify-page";
import { image, samplePhoto } from "./support/files";
import { bestClass } from "./support/sample-tops";
import { expect, test } from "./support/test";

test("a person's path: look, choose, drop, paste, and each time the top 5 of that photo", async ({ app }) => {
  await app.open();
  const panda = await app.topOf("Giant panda");

  await app.chooseSample("Tiger");
  const tiger = await app.topOf("Tiger");
  expect(tiger[0]?.label).toBe(bestClass("tiger.jpg").label);
  expect(tiger).not.toEqual(panda);

  await app.drop(samplePhoto("bee.jpg"));
  const bee = await app.topOf("bee.jpg");
  expect(bee[0]?.label).toBe(bestClass("bee.jpg").label);

  await app.chooseFile(image("whole.jpg"));
  const whole = await app.topOf("whole.jpg");

  await app.paste(readFileSync(image("rgb.png")));
  const pasted = await app.topOf("image.png");
  expect(pasted).not.toEqual(whole);

  // The same picture by another way is the same result, to the integer.
  await app.chooseFile(image("rgb.png"));
  expect(await app.topOf("rgb.png")).toEqual(pasted);
  await app.drop(samplePhoto("tiger.jpg"));
  expect(await app.topOf("tiger.jpg")).toEqual(tiger);
});

test("WebGPU shows the reference's classes and logits, photo by photo", async ({ app, page }) => {
  const photos = { "cat.jpg": samplePhoto("cat.jpg"), "portrait.png": image("portrait.png") };
  const topsBy = async (engine: string, name: string) => {
    // A fresh page, not the same one with another hash.
    await page.goto("about:blank");
    await app.open(`#v=1&engine=${engine}`);
    const tops: ShownClass[][] = [];
    for (const [file, path] of Object.entries(photos)) {
      await app.chooseFile(path);
      tops.push(await app.topOf(file));
    }
    await expect(app.fact("Engine")).toContainText(name);
    return tops;
  };
  const reference = await topsBy("reference", "Reference");
  expect(await topsBy("webgpu", "WebGPU")).toEqual(reference);
});

test("one's own photo stays out of the link", async ({ app, page }) => {
  await app.open();
  await expect(page).toHaveURL(/sample=panda/);
  await app.drop(samplePhoto("cat.jpg"));
  await app.topOf("cat.jpg");
  expect(page.url()).not.toMatch(/sample|cat/);
});
