import { folder, image, samplePhoto } from "./support/files";
import { bestClass } from "./support/sample-tops";
import { expect, test } from "./support/test";

const refused = [
  ["text.jpg", /This file holds text, not a picture/],
  ["page.png", /This is a web page, not a picture/],
  ["empty.jpg", /empty/],
  ["truncated.jpg", /cut short/],
  ["bomb.png", /too large|60000/],
  ["drawing.svg", /SVG drawing/],
] as const;

test("files that hold no picture get their sentence, and the result before them stays", async ({ app }) => {
  await app.open();
  const panda = await app.topOf("Giant panda");
  for (const [file, sentence] of refused) {
    await app.chooseFile(image(file));
    const alert = app.result.getByRole("alert");
    await expect(alert).toContainText(`${file}:`);
    await expect(alert).toContainText(sentence);
    await expect(alert.getByRole("button", { name: "Choose another photo" })).toBeVisible();
    expect(await app.topOf("Of the former photo: Giant panda")).toEqual(panda);
    await expect(app.photo.getByRole("img", { name: "A giant panda" })).toBeVisible();
  }
  await app.chooseSample("Tiger");
  await app.topOf("Tiger");
  await expect(app.result.getByRole("alert")).toBeEmpty();
});

test("odd pictures are classified as what they are", async ({ app }) => {
  await app.open();
  await app.drop(image("one.png"));
  await app.topOf("one.png");
  await expect(app.photo.getByText("The network saw all of 1 × 1 pixels")).toBeVisible();

  await app.drop(image("wide.png"));
  await app.topOf("wide.png");
  await expect(app.photo.getByText("of 20000 × 10 pixels")).toBeVisible();

  await app.drop(image("cmyk.jpg"));
  await app.topOf("cmyk.jpg");

  await app.drop(image("animated.gif"));
  await app.topOf("animated.gif");
  await expect(app.photo.getByText("Animated: the first frame is used.")).toBeVisible();
});

test("a folder is refused where it is dropped, and the photo stays", async ({ app }) => {
  await app.open();
  const panda = await app.topOf("Giant panda");
  await app.drop(folder);
  await expect(app.result.getByRole("alert")).toContainText("Drop a picture, not a folder.");
  expect(await app.topOf("Giant panda")).toEqual(panda);
});

test("of two files in one drop the first is used, and the page says so", async ({ app }) => {
  await app.open();
  await app.drop(samplePhoto("bee.jpg"), samplePhoto("cat.jpg"));
  expect((await app.topOf("bee.jpg"))[0]?.label).toBe(bestClass("bee.jpg").label);
  await expect(app.photo.getByText('2 files at once: "bee.jpg" is used.')).toBeVisible();
});

test("of two drops at once the newer one wins", async ({ app }) => {
  await app.open();
  await app.drop(samplePhoto("cat.jpg"));
  await app.drop(samplePhoto("bee.jpg"));
  expect((await app.topOf("bee.jpg"))[0]?.label).toBe(bestClass("bee.jpg").label);
  await expect(app.result.getByText("cat.jpg")).toHaveCount(0);
});

test("pasted text is refused in words", async ({ app, page }) => {
  await app.open();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate(() => navigator.clipboard.writeText("a cat, in words"));
  await page.keyboard.press("ControlOrMeta+V");
  await expect(app.result.getByRole("alert")).toContainText("The clipboard holds text, not a picture.");
  await app.topOf("Giant panda");
});
