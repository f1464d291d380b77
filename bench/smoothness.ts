import type { Browser, Page } from "playwright-core";
import { preview } from "vite";
import { dataflowActions } from "./smoothness-dataflow";
import { foldingActions, layersActions, lensActions } from "./smoothness-views";

/** Something that a person does in a view. */
export interface ViewAction {
  readonly doing: string;
  /** Of the link to where it begins. */
  readonly hash: string;
  /** Waits until what the link asks for is on screen; watched too if `isWatchedFromLink`. */
  ready(page: Page): Promise<void>;
  /** From the first screen on, so that the view's first pictures count. */
  readonly isWatchedFromLink?: boolean;
  act(page: Page): Promise<void>;
}

/** How a view holds up meanwhile. */
export interface Smoothness {
  readonly doing: string;
  /** Tasks of the main thread over 50 ms, as the browser reports them, in ms. */
  readonly longTasks: readonly number[];
  readonly framesPerSecond: number;
}

/** Does in the built site what a person would, one action after the other, each on a page of its own. */
export async function smoothness(browser: Browser): Promise<Smoothness[]> {
  const server = await preview({ preview: { port: 0, open: false }, logLevel: "silent" });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error("the preview server has no address");
  const seen: Smoothness[] = [];
  try {
    for (const action of [...dataflowActions, ...layersActions, ...lensActions, ...foldingActions]) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      seen.push(await watched(page, url, action));
      await page.close();
    }
    return seen;
  } finally {
    await server.close();
  }
}

async function watched(page: Page, url: string, action: ViewAction): Promise<Smoothness> {
  const { doing, hash, isWatchedFromLink = false } = action;
  await page.goto(`${url}#v=1&sample=panda`);
  await page.getByRole("region", { name: "Top 5" }).getByRole("listitem").first().waitFor();
  const open = async () => {
    await page.goto(`${url}#v=1&sample=panda&${hash}`);
    await action.ready(page);
  };
  if (!isWatchedFromLink) await open();
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
  if (isWatchedFromLink) await open();
  await action.act(page);
  return { doing, ...(await watch.evaluate((running) => running.end())) };
}
