import { expectFits } from "./support/fits";
import { test } from "./support/test";
import { takePictures } from "./support/themes";

const sizes = [
  [360, 740],
  [768, 1024],
  [1440, 900],
  [2560, 1300],
] as const;

test("fits phone, tablet, desk and wide screen", async ({ app, page }) => {
  await app.open();
  await app.pipeline.getByRole("option").nth(5).click();
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height });
    await expectFits(page);
    await takePictures(page, `${width}`);
  }
});

test("text twice as large still fits", async ({ app, page }) => {
  await page.setViewportSize({ width: 720, height: 900 });
  await app.open();
  await page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
  });
  await expectFits(page);
});
