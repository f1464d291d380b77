import { expect, type Locator, type Page } from "@playwright/test";
import { tourLength } from "../../src/ui/state/tour-slice";

/** The guided tour as a person takes it. */
export class TourPage {
  readonly panel: Locator;
  readonly heading: Locator;
  readonly text: Locator;
  readonly done: Locator;

  constructor(readonly page: Page) {
    this.panel = page.getByRole("region", { name: / of the tour:/ });
    this.heading = this.panel.getByRole("heading", { level: 2 });
    this.text = this.panel.locator(".tour__text");
    this.done = this.panel.getByRole("status");
  }

  /** Waits for a step: its heading is there and has the focus. */
  async isAt(number: number, title: string): Promise<void> {
    await expect(this.heading).toHaveText(`${number} of ${tourLength} of the tour: ${title}`);
    await expect(this.heading).toBeFocused();
  }

  async next(): Promise<void> {
    await this.panel.getByRole("button", { name: "Next", exact: true }).click();
  }

  async back(): Promise<void> {
    await this.panel.getByRole("button", { name: "Back", exact: true }).click();
  }

  /** Waits until what the step is about is on screen, above the panel, and marked. */
  async showsTarget(): Promise<void> {
    const target = this.page.locator("[data-tour-target]");
    await expect(target).toHaveCount(1);
    await expect(target).toBeVisible();
    const seen = () =>
      target.evaluate((element) => {
        const panel = document.querySelector("[data-tour-panel]")?.getBoundingClientRect();
        const { top, bottom, height } = element.getBoundingClientRect();
        const room = panel?.top ?? 0;
        return (Math.min(bottom, room) - Math.max(top, 0)) / Math.min(height, room);
      });
    await expect.poll(seen).toBeGreaterThan(0.9);
  }
}
