import type { Page } from "playwright-core";
import type { ViewAction } from "./smoothness";
import { simulated } from "./smoothness-dataflow";

/** A person's pace, in ms. */
const paceMs = 300;
const times = 12;

export const layersActions: readonly ViewAction[] = [
  {
    doing: "Layers: from layer to layer",
    hash: "view=layers&node=MVAU_hls_0",
    ready: mapShown,
    act: (page) => pressed(page, "Next"),
  },
  {
    doing: "Layers: from channel to channel",
    hash: "view=layers&node=MVAU_hls_1",
    ready: mapShown,
    act: (page) => pressed(page, "Next channel"),
  },
];

export const lensActions: readonly ViewAction[] = [
  {
    doing: "Lens: opening a block on the ZCU104",
    hash: "view=lens&board=ZCU104&block=dws-3",
    isWatchedFromLink: true,
    ready: blockShown,
    act: (page) => page.waitForTimeout(paceMs),
  },
  {
    doing: "Lens: stepping",
    hash: "view=lens&block=dws-7",
    ready: blockShown,
    act: (page) => pressed(page, "Step on"),
  },
];

export const foldingActions: readonly ViewAction[] = [
  {
    doing: "Folding: editing a node",
    hash: "view=folding",
    ready: (page) => page.getByRole("img", { name: /^Bars of/ }).waitFor(),
    async act(page) {
      const choice = page.getByRole("combobox", { name: "SIMD of MVAU_hls_3", exact: true });
      const values = await choice
        .getByRole("option")
        .evaluateAll((all) => all.map(({ textContent }) => textContent));
      for (const value of [...values, ...values.toReversed()]) {
        await choice.selectOption(value);
        await page.waitForTimeout(paceMs);
      }
    },
  },
];

async function mapShown(page: Page): Promise<void> {
  await page.getByRole("slider", { name: /^Channel of/ }).waitFor();
}

async function blockShown(page: Page): Promise<void> {
  await simulated(page);
  await page.locator(".lens__stages:not([data-old]) .stage").first().waitFor();
}

async function pressed(page: Page, name: string): Promise<void> {
  const button = page.getByRole("button", { name, exact: true });
  for (let i = 0; i < times; i++) {
    await button.click();
    await page.waitForTimeout(paceMs);
  }
}
