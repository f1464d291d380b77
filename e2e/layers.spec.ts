import type { Tap } from "../src/emulator/engine";
import { expectNoViolations } from "./support/axe";
import { expectFits } from "./support/fits";
import { LayersPage, number, type Place } from "./support/layers-page";
import { LensPage } from "./support/lens-page";
import { networkInput, referenceTaps } from "./support/reference-run";
import { bestClass } from "./support/sample-tops";
import { tellingChannel } from "./support/telling-channel";
import { expect, test } from "./support/test";

const valueIn = (
  { shape, data }: Pick<Tap, "shape" | "data">,
  { row, column, channel }: Omit<Place, "node">,
) => data[(row * shape[2]! + column) * shape[3]! + channel];

test("values, windows and accumulators are those that the reference engine computes", async ({
  app,
  page,
}) => {
  await app.open("#v=1&sample=panda");
  await app.topOf("Giant panda");
  const input = await networkInput(page);
  expect(input).toHaveLength(224 * 224 * 3);
  const taps = await referenceTaps(input);
  const layers = new LayersPage(page);

  const place = (node: string, row: number, column: number): Place & { node: string } => ({
    node,
    channel: tellingChannel(taps.get(node)!, row, column),
    row,
    column,
  });
  for (const at of [
    place("MVAU_hls_0", 0, 110),
    place("FMPadding_rtl_1", 57, 1),
    place("VVAU_hls_3", 13, 27),
    place("MVAU_hls_9", 6, 7),
    place("MVAU_hls_13", 3, 3),
    place("Pool_hls_0", 0, 0),
    place("ChannelwiseOp_hls_0", 0, 0),
  ]) {
    await layers.show(at);
    expect(await layers.shownValue(), JSON.stringify(at)).toBe(valueIn(taps.get(at.node)!, at));
  }

  // The whole cut-out, at the upper right corner, of the channel with the most different values there.
  const cutOut = (channel: number) =>
    Array.from({ length: 225 }, (_, i) =>
      valueIn(taps.get("MVAU_hls_0")!, { row: Math.floor(i / 15), column: 96 + (i % 15), channel }),
    );
  const variety = Array.from({ length: 32 }, (_, channel) => new Set(cutOut(channel)).size);
  expect(Math.max(...variety)).toBeGreaterThan(3);
  const channel = variety.indexOf(Math.max(...variety));
  await layers.show({ node: "MVAU_hls_0", channel, row: 0, column: 110 });
  expect(await layers.shownNumbers()).toEqual(cutOut(channel));

  // The network's bytes themselves.
  await layers.show({ node: null, channel: 2, row: 100, column: 101 });
  expect(await layers.shownValue()).toBe(input[(100 * 224 + 101) * 3 + 2]);

  // A sliding window at one pixel, as the engine's own stream has it: (kh, kw, C).
  await layers.show({ node: "ConvolutionInputGenerator_rtl_2", channel: 9, row: 20, column: 31 });
  const window = taps.get("ConvolutionInputGenerator_rtl_2")!;
  const grid = page.getByRole("img", { name: "The window of channel 9" });
  const numbers = (await grid.locator("text").allTextContents()).map(number);
  expect(numbers).toEqual(
    Array.from({ length: 9 }, (_, k) => window.data[((20 * 56 + 31) * 9 + k) * 64 + 9]),
  );

  // Accumulators climb the stairs to what the engine put out.
  for (const at of [place("MVAU_hls_0", 55, 60), place("VVAU_hls_5", 7, 8), place("MVAU_hls_6", 7, 7)]) {
    await layers.show(at);
    await expect(layers.stairs.locator("strong")).toHaveText(String(valueIn(taps.get(at.node)!, at)));
  }

  // The strip: the pixel's channels at other layers.
  await layers.show({ node: "MVAU_hls_13", channel: 4, row: 3, column: 3 });
  const row = layers.path.getByRole("row").filter({ hasText: "MVAU_hls_12" });
  const { data } = taps.get("MVAU_hls_12")!;
  const own = data.subarray((3 * 7 + 3) * 1024, (3 * 7 + 4) * 1024);
  await expect(row.getByRole("cell").nth(3)).toHaveText("3, 3");
  await expect(row.getByRole("cell").nth(1)).toHaveText(
    `${own.filter((value) => value !== 0).length} of 1,024`,
  );
  await expect(row.getByRole("cell").nth(2)).toContainText(String(Math.max(...own)));
});

test("a pixel's receptive field is told and drawn, and a place on the photo can be picked", async ({
  page,
}) => {
  const layers = new LayersPage(page);
  await layers.show({ node: "MVAU_hls_0", channel: 0, row: 10, column: 20 });
  await expect(layers.field).toContainText("It sees 3 × 3 pixels: rows 20 to 22, columns 40 to 42.");
  await layers.layer.selectOption("MVAU_hls_13");
  await expect(layers.field).toContainText("315 × 315 pixels");
  await expect(layers.field).toContainText("lie in the padding");

  // The numbers of a small map fill it: what is clicked is what is picked.
  const [map, numbers] = [await layers.map.boundingBox(), await layers.map.getByRole("img").boundingBox()];
  expect(numbers).toEqual(map);
  await layers.map.click({ position: { x: (map!.width * 5.5) / 7, y: (map!.height * 1.5) / 7 } });
  await expect(layers.value).toHaveText(/^Row 1, column 5:/);

  const photo = layers.field.getByRole("img");
  const box = await photo.boundingBox();
  await page.mouse.click(box!.x + box!.width / 2, box!.y + box!.height / 2);
  await expect(page).toHaveURL(/pixel=input\.11[12]\.11[12]/);
  await expect(layers.value).toHaveText(/^Row 3, column 3:/);
});

test("everything is done with the keyboard, and the link keeps it", async ({ page }) => {
  const layers = new LayersPage(page);
  await layers.show({ node: "MVAU_hls_1", channel: 3, row: 5, column: 5 });
  await layers.map.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("PageDown");
  await expect(layers.value).toHaveText(/^Row 16, column 4:/);
  await page.keyboard.press("End");
  await expect(layers.value).toHaveText(/^Row 16, column 110:/);
  await page.keyboard.press("ArrowRight");
  await expect(layers.value).toHaveText(/^Row 16, column 110:/);

  await layers.mosaic.focus();
  await page.keyboard.press("ArrowRight");
  await expect(layers.mosaic).toHaveAttribute("aria-valuetext", /^Channel 4: /);
  await page.keyboard.press("End");
  await expect(layers.mosaic).toHaveAttribute("aria-valuenow", "63");
  await expect(page.getByRole("heading", { name: "Channel 63", exact: true })).toBeVisible();

  const next = page.getByRole("button", { name: "Next", exact: true });
  await next.focus();
  await page.keyboard.press("Enter");
  await expect(layers.layer).toHaveValue("FMPadding_rtl_1");
  await expect(layers.value).toHaveText(/^Row 17, column 111:/);
  await expect(page).toHaveURL(/node=FMPadding_rtl_1&channel=63&pixel=MVAU_hls_1\.16\.110/);

  await page.reload();
  await expect(layers.value).toHaveText(/^Row 17, column 111:/);
  await layers.layer.focus();
  await layers.layer.selectOption("LabelSelect_hls_0");
  await expect(
    page.getByRole("region", { name: "The 5 classes" }).getByRole("listitem").first(),
  ).toContainText(bestClass("panda.jpg").label);
});

test("a link that names no photo opens with the one that Classify opens with", async ({ page }) => {
  const layers = new LayersPage(page);
  await page.goto("./#v=1&view=layers&node=VVAU_hls_0&channel=31&pixel=VVAU_hls_0.50.60");
  await expect(layers.value).toHaveText(/^Row 50, column 60:/);
  await expect(page).toHaveURL(/sample=panda/);
  await expect(page.getByRole("heading", { name: "Weights of channel 31" })).toBeVisible();
  await expect(page.getByText(/^15 thresholds from/)).toBeVisible();

  // Another page, which knows nothing of that photo.
  await page.goto("about:blank");
  await page.goto("./#v=1&view=lens&block=dws-2");
  await new LensPage(page).settled();
  await expect(page.getByText("Numbers of: Giant panda")).toBeVisible();
});

test("on a Zynq the thresholds are layers of their own, and the sums lead to them", async ({ app, page }) => {
  await app.open("#v=1&sample=panda");
  await app.topOf("Giant panda");
  const taps = await referenceTaps(await networkInput(page));
  const layers = new LayersPage(page);
  await page.goto("./#v=1&view=layers&sample=panda&board=ZCU104&node=MVAU_rtl_1&channel=7");
  await expect(layers.layer.getByRole("option")).toHaveCount(87);
  await expect(layers.layer).toHaveValue("MVAU_rtl_1");
  await expect(page.getByRole("heading", { name: "Weights of channel 7" })).toBeVisible();
  await expect(layers.stairs).toHaveCount(0);
  await page.getByRole("button", { name: "Show Thresholding_rtl_2" }).click();
  await expect(layers.layer).toHaveValue("Thresholding_rtl_2");
  for (const [row, column] of [
    [30, 31],
    [77, 12],
  ] as const) {
    await page.goto(
      `./#v=1&view=layers&sample=panda&board=ZCU104&node=Thresholding_rtl_2&channel=7&pixel=Thresholding_rtl_2.${row}.${column}`,
    );
    await expect(layers.value).toHaveText(new RegExp(`^Row ${row}, column ${column}:`));
    const value = valueIn(taps.get("MVAU_hls_1")!, { row, column, channel: 7 });
    expect(await layers.shownValue()).toBe(value);
    await expect(layers.stairs.locator("strong")).toHaveText(String(value));
  }
  // A name of the U250's, as Classify's pipeline has it, means the node with these values.
  await page.goto("./#v=1&view=layers&sample=panda&board=ZCU104&node=MVAU_hls_1");
  await expect(layers.layer).toHaveValue("Thresholding_rtl_2");
});

test("a link to what this network does not have shows what it has", async ({ page }) => {
  await page.goto("./#v=1&view=layers&sample=bee&node=MVAU_hls_99&channel=7&pixel=MVAU_hls_98.500.500");
  const layers = new LayersPage(page);
  await expect(layers.layer).toHaveValue("");
  await expect(page.getByText("no node MVAU_hls_99")).toBeVisible();
  await expect(layers.mosaic).toHaveAttribute("aria-valuenow", "2");
  await expect(layers.value).toHaveText(/^Row 223, column 223:/);
});

test("axe finds nothing, wide and narrow, and nothing sticks out", async ({ page }) => {
  const layers = new LayersPage(page);
  for (const [width, node] of [
    [1280, "MVAU_hls_0"],
    [360, "ConvolutionInputGenerator_rtl_13"],
    [360, null],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await layers.show({ node, channel: 1, row: 2, column: 3 });
    await expectNoViolations(page);
    await expectFits(page);
  }
});
