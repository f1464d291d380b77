import { expect, type Page, test } from "@playwright/test";

type Theme = "light" | "dark";

/**
 * Does something in light colours, then in dark ones, on the page as it stands: to bring it there again for
 * each would take far longer. Leaves it in light ones, as a test has them from the start.
 */
export async function inEachTheme(page: Page, look: (theme: Theme) => Promise<void>): Promise<void> {
  for (const theme of ["light", "dark"] as const) {
    await takeOn(page, theme);
    await look(theme);
  }
  await takeOn(page, "light");
}

/** Pictures of the page in each theme, to be looked at. */
export async function takePictures(page: Page, name: string, { fullPage = true } = {}): Promise<void> {
  await inEachTheme(page, async (theme) => {
    await page.screenshot({ path: test.info().outputPath(`${name}-${theme}.png`), fullPage });
  });
}

async function takeOn(page: Page, theme: Theme): Promise<void> {
  const root = page.locator("html");
  await expect(root, "colours chosen in the app outweigh the system's").not.toHaveAttribute("data-theme");
  await page.emulateMedia({ colorScheme: theme });
  await page.evaluate(async () => {
    // Canvases hear of it with the next frame.
    await new Promise(requestAnimationFrame);
    // Until they end, buttons have colours of neither theme. Reduced motion has no transitions, but plays otherwise.
    const fades = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    await Promise.allSettled(fades.map(({ finished }) => finished));
  });
}
