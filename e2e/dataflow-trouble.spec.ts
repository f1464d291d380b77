import { boards } from "../src/hardware/boards";
import { foldingReport } from "../src/hardware/folding-report";
import { foldedFor } from "../src/hardware/testing/shipped-graph";
import { expectNoViolations } from "./support/axe";
import { DataflowPage } from "./support/dataflow-page";
import { expectFits } from "./support/fits";
import { expect, test } from "./support/test";

test("another board while it plays: the former is held and marked, then it plays on", async ({ page }) => {
  const view = new DataflowPage(page);
  await view.open("&cycle=230000");
  await expect(view.machine("idma0")).toHaveAttribute("data-frame", "3");
  await page.getByRole("link", { name: "Folding", exact: true }).click();
  await page.getByRole("button", { name: "ZCU104", exact: true }).click();
  await expect(page.getByText(/^This is FINN’s folding for the ZCU104/)).toBeVisible();
  await page.getByRole("link", { name: "Dataflow", exact: true }).click();
  await view.play();
  await expect(view.former).toContainText("Shown below is still the folding for the U250.");
  await expect(view.former).toContainText("plays on at the same place in the same frame");
  expect(await view.shownCycle()).toBe(230_000);
  await expect(page.getByText("Simulating the folding for the ZCU104…")).toBeVisible();
  const { bottleneck, maxCycles } = foldingReport(
    foldedFor("ZCU104", "from-weights"),
    boards.ZCU104,
  ).performance;
  await expect(view.bottleneck).toContainText(`By estimate ${bottleneck} `);
  await expect(view.bottleneck).toContainText(`${maxCycles.toLocaleString("en-US")} cycles for a frame`);
  await expectNoViolations(page);

  await expect(view.former).toHaveCount(0);
  await expect(view.machine("Thresholding_rtl_0")).toHaveCount(1);
  await expect(view.machine("idma0")).toHaveAttribute("data-frame", "3");
  const begun = await view.shownCycle();
  expect(begun).toBeGreaterThan(2 * maxCycles);
  await expect.poll(() => view.shownCycle()).toBeGreaterThan(begun);
  await page.getByRole("button", { name: "Pause" }).click();
});

test("a resize, and an hour asleep, while it plays", async ({ page }) => {
  await page.clock.install();
  const view = new DataflowPage(page);
  await view.open();
  await view.play();
  for (const width of [700, 1100]) {
    const before = await view.shownCycle();
    await page.setViewportSize({ width, height: 800 });
    await expect
      .poll(() =>
        page.locator("canvas").evaluateAll((canvases) =>
          canvases.map((canvas) => {
            const { width, clientWidth } = canvas as HTMLCanvasElement;
            const isSharp = width === Math.round(clientWidth * devicePixelRatio);
            return isSharp && canvas.getBoundingClientRect().right <= innerWidth;
          }),
        ),
      )
      .toEqual([true, true]);
    await expectFits(page);
    await expect.poll(() => view.shownCycle()).toBeGreaterThan(before);
  }
  // All its cycles pass in some minutes.
  await page.clock.fastForward("01:00:00");
  const after = await view.shownCycle();
  await expect.poll(() => view.shownCycle()).toBeGreaterThan(after);
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
});

test("a network without dws blocks is shown in each view, and given back while it plays", async ({
  models,
  folding,
  page,
}) => {
  const view = new DataflowPage(page);
  await models.open();
  await models.readBytes();
  await models.openFixture("chain_1d_fc.onnx");
  await models.compiled();
  await models.takeOpened();
  await models.view("Lens");
  await expect(
    page.getByText("This network has no depthwise-separable block; its layers are shown one by one."),
  ).toBeVisible();
  await models.view("Layers");
  await expect(page.getByRole("combobox", { name: "Layer" }).getByRole("option")).toHaveText([
    "Network input",
    "MVAU_hls_0",
    "MVAU_hls_1",
    "MVAU_hls_2",
    "MVAU_rtl_0",
    "ChannelwiseOp_hls_0",
    "LabelSelect_hls_0",
  ]);
  await models.view("Folding");
  await expect(folding.rate).toContainText("MVAU_hls_0 is the slowest");
  await models.view("Dataflow");
  await view.simulated();
  await expect(view.bottleneck).toContainText("MVAU_hls_0 has most to do, 2,048 cycles a frame");
  await expect(view.machine("MVAU_rtl_0")).toContainText("fc 4");
  await page.getByRole("slider", { name: "Speed" }).fill("0");
  await view.play();
  await page.getByRole("button", { name: "Back to the built-in" }).click();
  await expect(view.machine("VVAU_hls_12")).toHaveCount(1);
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  expect(await view.shownCycle()).toBe(0);
  await view.simulated();
  await expect(view.bottleneck).toContainText("MVAU_hls_13");
});
