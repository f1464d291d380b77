import type { Browser, Page } from "playwright-core";
import { preview } from "vite";
import { stepOfSpeed } from "../src/ui/dataflow/model/speed";

/** How the Dataflow view holds up while something moves. */
export interface Smoothness {
  readonly doing: string;
  /** Tasks of the main thread over 50 ms, as the browser reports them, in ms. */
  readonly longTasks: readonly number[];
  readonly framesPerSecond: number;
}

const seconds = 5;

/** Plays and scrubs in the built site's Dataflow view, once its simulation is there. */
export async function dataflowSmoothness(browser: Browser): Promise<Smoothness[]> {
  const server = await preview({ preview: { port: 0, open: false }, logLevel: "silent" });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    const url = server.resolvedUrls?.local[0];
    if (!url) throw new Error("the preview server has no address");
    await page.goto(`${url}#v=1&view=dataflow`);
    await page.getByText(/^Simulated: \d+ frames, one right after the other/).waitFor({ timeout: 120_000 });
    const speed = page.getByRole("slider", { name: "Speed" });
    const slowly = await watched(page, "playing 2,000 cycles a second", () => play(page));
    await speed.fill(String(stepOfSpeed(100_000)));
    const fast = await watched(page, "playing 100,000 cycles a second", () => play(page));
    const scrubbed = await watched(page, "scrubbing", () => scrub(page));
    return [slowly, fast, scrubbed];
  } finally {
    await page.close();
    await server.close();
  }
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

async function watched(page: Page, doing: string, work: () => Promise<void>): Promise<Smoothness> {
  const watch = await page.evaluateHandle(() => {
    const longTasks: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longTasks.push(duration);
    });
    observer.observe({ type: "longtask" });
    const began = performance.now();
    let frames = 0;
    // A method, not a function with a name: the transpiler would wrap that in a helper the page lacks.
    const counter = {
      request: 0,
      count() {
        frames++;
        counter.request = requestAnimationFrame(counter.count);
      },
    };
    counter.count();
    return {
      end() {
        cancelAnimationFrame(counter.request);
        observer.disconnect();
        return { longTasks, framesPerSecond: (1000 * frames) / (performance.now() - began) };
      },
    };
  });
  await work();
  const seen = await watch.evaluate((running) => running.end());
  return { doing, ...seen };
}
