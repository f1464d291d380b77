import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { inEachTheme } from "./themes";

/** Axe finds nothing wrong with the page as it stands, in light and in dark colours. */
export async function expectNoViolations(page: Page): Promise<void> {
  await inEachTheme(page, async (theme) => {
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
      .analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
    expect(found, `axe, in ${theme} colours`).toEqual([]);
  });
}
