import { expect, test } from "./support/test";

const sizes = [
  [360, 740],
  [768, 1024],
  [1440, 900],
  [2560, 1300],
] as const;

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("fits phone, tablet, desk and wide screen", async ({ app, page }, testInfo) => {
      await app.open();
      await app.pipeline.getByRole("option").nth(5).click();
      for (const [width, height] of sizes) {
        await page.setViewportSize({ width, height });
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow, `wider than ${width} px`).toBeLessThanOrEqual(0);
        // To be looked at.
        await page.screenshot({ path: testInfo.outputPath(`${width}.png`), fullPage: true });
      }
    });
  });
}

test("text twice as large still fits", async ({ app, page }) => {
  await page.setViewportSize({ width: 720, height: 900 });
  await app.open();
  await page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
  });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});
