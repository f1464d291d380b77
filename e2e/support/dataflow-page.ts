import { expect, type Locator, type Page } from "@playwright/test";

/** The Dataflow view as a person handles it. */
export class DataflowPage {
  readonly cycle: Locator;
  readonly bottleneck: Locator;
  readonly map: Locator;
  readonly slider: Locator;
  readonly panel: Locator;
  /** Says that the pictures are those of the simulation before. */
  readonly former: Locator;

  constructor(readonly page: Page) {
    this.cycle = page.locator("[data-cycle]");
    this.bottleneck = page.getByRole("status", { name: "Bottleneck" });
    this.map = page.getByRole("listbox", { name: "The accelerator’s machines in stream order" });
    this.slider = page.getByRole("slider", { name: "Cycle", exact: true });
    this.panel = page.locator(".node-panel");
    this.former = page.getByRole("status", { name: "What is shown" });
  }

  /** Opens the view, with more of a link if given, and waits until all frames are simulated. */
  async open(more = ""): Promise<void> {
    await this.page.goto(`./#v=1&view=dataflow&engine=reference${more}`);
    await this.simulated();
  }

  /** Until the simulation has come to its end. */
  async simulated(): Promise<void> {
    await expect(this.page.getByText(/^Simulated: \d+ frames/)).toBeVisible({ timeout: 120_000 });
  }

  async play(): Promise<void> {
    await this.page.getByRole("button", { name: "Play", exact: true }).click();
    await expect(this.page.getByRole("button", { name: "Pause" })).toBeVisible();
  }

  async shownCycle(): Promise<number> {
    return Number(await this.cycle.getAttribute("data-cycle"));
  }

  /** Until single cycles are seen, and not bins. */
  async exact(): Promise<void> {
    await expect(this.cycle).toHaveAttribute("data-exact", "true");
  }

  async goTo(cycle: number): Promise<void> {
    await this.slider.fill(String(cycle));
    await expect(this.cycle).toHaveAttribute("data-cycle", String(cycle));
  }

  machine(name: string): Locator {
    return this.map.locator(`[data-machine="${name}"]`);
  }
}
