import type { Tap } from "../src/emulator/engine";
import { mapShape } from "../src/graph/dataflow";
import { shippedGraph } from "../src/hardware/testing/shipped-graph";
import { expectNoViolations } from "./support/axe";
import { number } from "./support/layers-page";
import { LensPage } from "./support/lens-page";
import { networkInput, referenceTaps } from "./support/reference-run";
import { expect, test } from "./support/test";

const graph = shippedGraph();

/** What the reference engine, run here, puts out at one pixel of a node. */
function pixelOf(taps: ReadonlyMap<string, Tap>, node: string, row: number, column: number): number[] {
  const tap = taps.get(node);
  if (!tap) throw new Error(`${node} was not tapped`);
  const { width, channels } = mapShape(tap);
  const first = (row * width + column) * channels;
  return Array.from(tap.data.subarray(first, first + channels));
}

/** The accumulators of a node at a pixel, added up here. */
function sumsOf(taps: ReadonlyMap<string, Tap>, name: string, row: number, column: number): number[] {
  const at = graph.nodes.findIndex((node) => node.name === name);
  const node = graph.nodes[at];
  if (node?.kind !== "VVAU" && node?.kind !== "MVAU") throw new Error(`${name} does not add up`);
  const input = pixelOf(taps, graph.nodes[at - 1]?.name ?? "", row, column);
  const [rows = 0, terms = 0] = node.weights.shape;
  return Array.from({ length: rows }, (_, channel) => {
    let sum = 0;
    for (let term = 0; term < terms; term++) {
      const value = node.kind === "VVAU" ? input[term * rows + channel] : input[term];
      sum += (value ?? 0) * (node.weights.data[channel * terms + term] ?? 0);
    }
    return sum;
  });
}

let taps: ReadonlyMap<string, Tap>;

test.beforeEach(async ({ app, page }) => {
  await app.open("#v=1&sample=panda");
  await app.topOf("Giant panda");
  taps = await referenceTaps(await networkInput(page));
});

const values = (shown: readonly { value: number }[]) => shown.map(({ value }) => value);

test("numbers of blocks 1 and 7 on the U250 are the emulator's, pixel for pixel", async ({ page }) => {
  const lens = new LensPage(page);
  for (const [block, vvau, mvau, row, column] of [
    ["dws-1", "VVAU_hls_0", "MVAU_hls_1", 40, 71],
    ["dws-7", "VVAU_hls_6", "MVAU_hls_7", 6, 9],
  ] as const) {
    await lens.open(block);
    await lens.goTo(vvau, row, column);
    const out = pixelOf(taps, vvau, row, column);
    const first = await lens.numbers(vvau, /^Goes out in this cycle/);
    expect(values(first)).toEqual(out.slice(0, first.length));
    expect(first[0]?.name).toContain(`row ${row}, column ${column} of ${vvau}`);
    const sums = await lens.numbers(vvau, /^Accumulators of channels 0 to/);
    expect(values(sums)).toEqual(sumsOf(taps, vvau, row, column).slice(0, sums.length));

    await lens.goTo(mvau, row, column);
    const neurons = await lens.numbers(mvau, /^Accumulators of neurons 0 to/);
    expect(values(neurons)).toEqual(sumsOf(taps, mvau, row, column).slice(0, neurons.length));
    const results = await lens.numbers(mvau, /^Goes out in this cycle/);
    expect(values(results)).toEqual(pixelOf(taps, mvau, row, column).slice(0, results.length));
  }
});

test("on a Zynq board the thresholds are a stage of their own, and their numbers are the emulator's", async ({
  page,
}) => {
  const lens = new LensPage(page);
  await lens.open("dws-1", "&board=ZCU104");
  const thresholds = await page.getByRole("heading", { name: "Thresholds", exact: true }).count();
  expect(thresholds).toBe(2);
  await lens.goTo("MVAU_rtl_1", 30, 31);
  const neurons = await lens.numbers("MVAU_rtl_1", /^Accumulators of neurons 0 to/);
  expect(values(neurons)).toEqual(sumsOf(taps, "MVAU_hls_1", 30, 31).slice(0, neurons.length));
  await lens.goTo("Thresholding_rtl_2", 30, 31);
  const results = await lens.numbers("Thresholding_rtl_2", /^Goes out in this cycle/);
  expect(values(results)).toEqual(pixelOf(taps, "MVAU_hls_1", 30, 31).slice(0, results.length));
});

test("a step on and a step back show the same cycle and numbers again", async ({ page }) => {
  const lens = new LensPage(page);
  await lens.open("dws-1");
  await lens.goTo("MVAU_hls_1", 50, 50);
  const numbers = () => page.locator(".stage .num").allTextContents();
  const here = [await lens.shownCycle(), await numbers()];
  for (const unit of ["cycle of work", "beat in", "beat out"]) {
    await page.getByRole("combobox", { name: "Step by its" }).selectOption(unit);
    // On an even footing: this is a cycle in which it does just that.
    await page.getByRole("button", { name: "Step on" }).click();
    await expect.poll(() => lens.shownCycle()).toBeGreaterThan(Number(here[0]));
    const there = await lens.shownCycle();
    await lens.settled();
    const before = await numbers();
    await page.getByRole("button", { name: "Step on" }).click();
    await expect.poll(() => lens.shownCycle()).toBeGreaterThan(there);
    await lens.settled();
    expect(await numbers()).not.toEqual(before);
    await page.getByRole("button", { name: "Step back" }).click();
    await expect.poll(() => lens.shownCycle()).toBe(there);
    await lens.settled();
    expect(await numbers()).toEqual(before);
  }
});

test("an accumulator's trail names the inputs and weights whose dot product it is", async ({ page }) => {
  const lens = new LensPage(page);
  await lens.open("dws-1");
  await lens.goTo("MVAU_hls_1", 40, 71);
  const accumulators = lens.panel("MVAU_hls_1").getByRole("group", { name: /^Accumulators of neurons/ });
  const accumulator = accumulators.getByRole("button").nth(3);
  await accumulator.click();
  const value = number((await accumulator.textContent()) ?? "");
  await expect(lens.provenance.getByRole("heading", { name: "The sum of 32 products" })).toBeVisible();
  const rows = await lens.provenance.locator(".provenance__terms li").allTextContents();
  expect(rows).toHaveLength(32);
  const input = pixelOf(taps, "VVAU_hls_0", 40, 71);
  const node = graph.nodes.find(({ name }) => name === "MVAU_hls_1");
  if (node?.kind !== "MVAU") throw new Error("no MVAU");
  const terms = rows.map((row) => row.split(/[×=]/).map(number));
  expect(terms.map(([factor]) => factor)).toEqual(input);
  expect(terms.map(([, weight]) => weight)).toEqual(Array.from(node.weights.data.subarray(3 * 32, 4 * 32)));
  expect(terms.reduce((sum, [a = 0, b = 0]) => sum + a * b, 0)).toBe(value);

  // The trail leads on: from an input to the sum behind it, in the VVAU.
  await lens.provenance.locator(".provenance__terms .num").first().click();
  await expect(lens.provenance).toContainText("channel 0 at row 40, column 71 of VVAU_hls_0’s output");
  await expect(lens.provenance).toContainText("accumulator of channel 0, row 40, column 71");
  await expect(lens.provenance.getByRole("heading", { name: "Goes to 64 places" })).toBeVisible();
});

test("the keyboard alone is enough: choose a block, step, walk the numbers, pin and unpin", async ({
  page,
}) => {
  const lens = new LensPage(page);
  await lens.open("dws-1");
  await page.getByRole("button", { name: "dws 2", exact: true }).focus();
  await page.keyboard.press("Space");
  await expect(lens.panel("VVAU_hls_1")).toBeVisible();
  await expect(page).toHaveURL(/block=dws-2/);
  await lens.settled();

  const cycle = await lens.shownCycle();
  await page.getByRole("button", { name: "Step on" }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => lens.shownCycle()).toBeGreaterThan(cycle);
  await lens.settled();

  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
  await lens.panel("VVAU_hls_1").locator('.num[tabindex="0"]').focus();
  const first = await focused();
  await page.keyboard.press("ArrowRight");
  const second = await focused();
  expect(second).not.toBe(first);
  const name = second.split(/, (.*)/s)[1] ?? "";
  await expect(lens.provenance).toContainText(name);
  await page.keyboard.press("Enter");
  await expect(lens.provenance.getByRole("button", { name: "Unpin" })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  // Pinned: it stays while one goes on.
  await expect(lens.provenance).toContainText(name);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Home");
  await expect(lens.provenance).not.toContainText(name);
  // One stop for a panel.
  await expect(lens.panel("VVAU_hls_1").locator('.num[tabindex="0"]')).toHaveCount(1);
});

test("axe finds nothing: a block, a pinned number, the classifier, a phone", async ({ page }) => {
  const lens = new LensPage(page);
  await lens.open("dws-1");
  await lens
    .panel("MVAU_hls_1")
    .getByRole("group", { name: /^Accumulators/ })
    .getByRole("button")
    .first()
    .click();
  await expectNoViolations(page);
  await page.getByRole("button", { name: "classifier", exact: true }).click();
  await expect(lens.panel("LabelSelect_hls_0")).toBeVisible();
  await lens.settled();
  await expectNoViolations(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoViolations(page);
});
