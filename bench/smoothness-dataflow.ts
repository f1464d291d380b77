import type { Page } from "playwright-core";
import { stepOfSpeed } from "../src/ui/dataflow/model/speed";
import type { ViewAction } from "./smoothness";

const seconds = 5;

/** What moves in the Dataflow view. */
export const dataflowActions: readonly ViewAction[] = [
  { doing: "Dataflow: playing 2,000 cycles a second", hash: "view=dataflow", ready: simulated, act: play },
  {
    doing: "Dataflow: playing 100,000 cycles a second",
    hash: "view=dataflow",
    async ready(page) {
      await simulated(page);
      await page.getByRole("slider", { name: "Speed" }).fill(String(stepOfSpeed(100_000)));
    },
    act: play,
  },
  { doing: "Dataflow: scrubbing", hash: "view=dataflow", ready: simulated, act: scrub },
];

/** Until the simulation has come to its end. */
export async function simulated(page: Page): Promise<void> {
  await page.getByText(/^Simulated: \d+ frames, one right after the other/).waitFor({ timeout: 240_000 });
}

async function play(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: /^(Play|Pause)/ });
  await page.getByRole("button", { name: "First pixel in" }).click();
  await button.click();
  await page.waitForTimeout(seconds * 1000);
  await button.click();
}

async function scrub(page: Page): Promise<void> {
  const slider = page.getByRole("slider", { name: "Cycle", exact: true });
  const box = await slider.boundingBox();
  if (!box) throw new Error("the slider is not on screen");
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + 1, y);
  await page.mouse.down();
  const steps = seconds * 30;
  for (let step = 0; step < steps; step++) {
    await page.mouse.move(box.x + ((box.width - 2) * step) / steps, y);
    await page.waitForTimeout(1000 / 30);
  }
  await page.mouse.up();
}
