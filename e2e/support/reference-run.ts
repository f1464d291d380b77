import type { Page } from "@playwright/test";
import type { Tap } from "../../src/emulator/engine";
import { createReferenceEngine } from "../../src/emulator/reference/engine";
import { shippedGraph } from "../../src/hardware/testing/shipped-graph";

/** The very pixels that went into the network, off the picture of them on the Classify view. */
export async function networkInput(page: Page): Promise<Uint8Array> {
  const rgba = await page
    .getByRole("img", { name: /pixels that went into the network/ })
    .evaluate((canvas: HTMLCanvasElement) => {
      const image = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height);
      return Array.from(image?.data ?? []);
    });
  return Uint8Array.from(rgba.filter((_, i) => i % 4 !== 3));
}

/** All outputs of all nodes, computed here with the reference engine and not in the page. */
export async function referenceTaps(input: Uint8Array): Promise<ReadonlyMap<string, Tap>> {
  const graph = shippedGraph();
  const engine = await createReferenceEngine(graph);
  const { taps } = await engine.run(input, { taps: graph.nodes.map(({ name }) => name) });
  engine.dispose();
  return taps;
}

/** The five best classes, computed here with the reference engine and not in the page. */
export async function referenceTop(input: Uint8Array): Promise<{ index: number; logit: number }[]> {
  const engine = await createReferenceEngine(shippedGraph());
  const { top } = await engine.run(input);
  engine.dispose();
  return top.map(({ index, logit }) => ({ index, logit }));
}
