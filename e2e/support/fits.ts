import { expect, type Page } from "@playwright/test";
import { takePictures } from "./themes";

/** Nothing sticks out of the page to the right, at the window's present width. */
export async function expectFits(page: Page): Promise<void> {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(beyond, `wider than ${page.viewportSize()?.width} px`).toBeLessThanOrEqual(0);
}

/** Nothing does at any width from phone to wide screen. Takes pictures of each, to be looked at. */
export async function expectFitsAllWidths(page: Page): Promise<void> {
  for (const width of [360, 768, 1440, 2560]) {
    await page.setViewportSize({ width, height: 900 });
    await expectFits(page);
    await takePictures(page, `${width}`);
  }
}
