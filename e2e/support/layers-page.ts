import { expect, type Locator, type Page } from "@playwright/test";

export interface Place {
  /** Null for the network's input. */
  readonly node: string | null;
  readonly channel: number;
  readonly row: number;
  readonly column: number;
}

/** The Layers view as a person handles it. */
export class LayersPage {
  readonly layer: Locator;
  readonly mosaic: Locator;
  readonly map: Locator;
  readonly value: Locator;
  readonly stairs: Locator;
  readonly path: Locator;
  readonly field: Locator;

  constructor(readonly page: Page) {
    this.layer = page.getByRole("combobox", { name: "Layer" });
    this.mosaic = page.getByRole("slider", { name: /^Channel of/ });
    this.map = page.getByRole("application");
    this.value = page.getByRole("status").filter({ hasText: /^Row \d+, column \d+:/ });
    this.stairs = page.getByRole("region", { name: /^Thresholds of channel/ });
    this.path = page.getByRole("region", { name: "The same pixel through all layers" });
    this.field = page.getByRole("region", { name: "What the pixel sees" });
  }

  /** Opens the view on a sample photo, or goes on from wherever the page is, and waits for the values. */
  async show({ node, channel, row, column }: Place, sample = "panda"): Promise<void> {
    const name = node ?? "input";
    const pixel = `${name}.${row}.${column}`;
    await this.page.goto(
      `./#v=1&view=layers&sample=${sample}&node=${name}&channel=${channel}&pixel=${pixel}`,
    );
    await expect(this.layer).toHaveValue(node ?? "");
    await expect(this.value).toHaveText(new RegExp(`^Row ${row}, column ${column}:`));
    await expect(this.mosaic).toHaveAccessibleName(`Channel of ${node ?? "Network input"}`);
    await expect(this.mosaic).toHaveAttribute("aria-valuenow", String(channel));
  }

  /** The value that stands under the channel's map. */
  async shownValue(): Promise<number> {
    return number((await this.value.textContent())?.split(": ")[1]);
  }

  /** The numbers of the cut-out around the pixel. */
  async shownNumbers(): Promise<number[]> {
    const grid = this.page.getByRole("img", { name: /^Values of channel/ });
    return (await grid.locator("text").allTextContents()).map(number);
  }
}

/** An integer as the page writes it. */
export const number = (text = ""): number => Number(text.trim().replace("−", "-").replaceAll(",", ""));
