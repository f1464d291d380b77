import { expect, type Locator, type Page } from "@playwright/test";
import { number } from "./layers-page";

/** The Lens view as a person handles it. */
export class LensPage {
  readonly provenance: Locator;
  readonly stage: Locator;
  readonly cycle: Locator;

  constructor(readonly page: Page) {
    this.provenance = page.getByRole("region", { name: "Where a number comes from" });
    this.stage = page.getByRole("combobox", { name: "Stage" });
    this.cycle = page.locator(".transport__cycle");
  }

  /** Opens a block for a sample photo and waits until its numbers are those of the cycle on screen. */
  async open(block: string, more = ""): Promise<void> {
    await this.page.goto(`./#v=1&view=lens&sample=panda&block=${block}${more}`);
    await this.settled();
  }

  /** Waits until the simulation is through and the numbers are of the cycle on screen. */
  async settled(): Promise<void> {
    await expect(this.page.getByText(/^Simulated: \d+ frames/)).toBeVisible();
    await expect(this.page.locator(".lens__stages:not([data-old]) .stage").first()).toBeVisible();
    // The numbers follow the cycle a moment later, so that they can be read while it plays. And the cycle
    // may be another meanwhile: a lens that opens leads to the middle of the frame.
    const numbers = this.page.locator(".lens__stages");
    await expect
      .poll(async () => Number(await numbers.getAttribute("data-cycle")) - (await this.shownCycle()))
      .toBe(0);
    await expect(this.page.locator(".lens__stages:not([data-old])")).toBeVisible();
  }

  /** A machine's panel, by its name in hardware. */
  panel(machine: string): Locator {
    return this.page.locator("section.stage").filter({ has: this.page.getByText(machine, { exact: true }) });
  }

  /** Goes to the cycle in which a pixel's first beat leaves a stage. */
  async goTo(machine: string, row: number, column: number): Promise<void> {
    await this.stage.selectOption(machine);
    await this.page.getByRole("textbox", { name: "Row" }).fill(String(row));
    await this.page.getByRole("textbox", { name: "Column" }).fill(String(column));
    await this.page.getByRole("button", { name: "Go to the pixel" }).click();
    const result = this.panel(machine)
      .getByRole("group", { name: "Goes out in this cycle" })
      .getByRole("button")
      .first();
    await expect(result).toHaveAccessibleName(new RegExp(`row ${row}, column ${column} of ${machine}\\b`));
    await this.settled();
  }

  async shownCycle(): Promise<number> {
    return Number(await this.cycle.getAttribute("data-cycle"));
  }

  /** The numbers of a group of a machine's panel, with what each is said to be. */
  async numbers(machine: string, group: RegExp): Promise<{ value: number; name: string }[]> {
    const labels = await this.panel(machine)
      .getByRole("group", { name: group })
      .getByRole("button")
      .evaluateAll((buttons) => buttons.map((button) => button.getAttribute("aria-label") ?? ""));
    return labels.map((label) => {
      const [text = "", name = ""] = label.split(/, (.*)/s);
      return { value: number(text), name };
    });
  }
}
