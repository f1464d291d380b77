import { expect, test } from "vitest";
import { shippedGraph } from "../../../hardware/testing/shipped-graph";
import { pixelPath } from "./pixel-path";
import { layersOfGraph } from "./testing/layers-of-graph";

const layers = layersOfGraph(shippedGraph());

test("follows a pixel through every layer that computes", () => {
  // A layer's values: 0 but for channel 2 of each pixel, which is 9.
  const stops = pixelPath(layers, { index: 0, pixel: { row: 111, column: 111 } }, (layer) =>
    new Uint8Array(layer.height * layer.width * layer.channels).map((_, i) =>
      i % layer.channels === 2 ? 9 : 0,
    ),
  );
  // The input, 14 MVAU and 13 VVAU with thresholds, the pool, the classifier and its bias.
  expect(stops).toHaveLength(1 + 27 + 1 + 2);
  expect(stops.map(({ layer }) => layer.title).slice(0, 4)).toEqual([
    "Network input",
    "MVAU_hls_0",
    "VVAU_hls_0",
    "MVAU_hls_1",
  ]);
  expect(stops[1]).toMatchObject({ pixel: { row: 55, column: 55 }, fieldSize: { rows: 3, columns: 3 } });
  expect(stops.find(({ layer }) => layer.title === "MVAU_hls_13")).toMatchObject({
    pixel: { row: 3, column: 3 },
    fieldSize: { rows: 315, columns: 315 },
  });
  for (const stop of stops) expect(stop).toMatchObject({ notZero: 1, highest: { value: 9, channel: 2 } });
});

test("what was not computed is left out", () => {
  const bytes = new Uint8Array(224 * 224 * 3);
  const stops = pixelPath(layers, { index: 0, pixel: { row: 0, column: 0 } }, ({ node }) =>
    node === null ? bytes : null,
  );
  expect(stops.map(({ at }) => at)).toEqual([0]);
});
