import { contentSecurityPolicy } from "../tools/content-security-policy";
import { bestClass } from "./support/sample-tops";
import { expect, test } from "./support/test";

test("opening the page shows a result by WebGPU, with what it took and on what", async ({ app, page }) => {
  await app.open();
  const top = await app.topOf("Giant panda");
  expect(top[0]?.label).toBe(bestClass("panda.jpg").label);
  expect(top.map(({ logit }) => logit)).toEqual(top.map(({ logit }) => logit).toSorted((a, b) => b - a));

  // A silent fallback must not pass.
  await expect(app.fact("Engine")).toContainText("WebGPU");
  await expect(app.fact("Adapter")).not.toBeEmpty();
  await expect(app.fact("Runs on")).toHaveText(
    process.env.STREAMSCOPE_GPU === "hardware" ? "Hardware GPU" : "GPU emulated in software",
  );
  await expect(app.fact("Kernels")).toContainText("pointwise");
  await expect(app.fact("Network")).toHaveText(/^[\d.,]+ m?s$/);
  await expect(app.fact("Decode, resize, crop")).toHaveText(/^[\d.,]+ m?s$/);

  await expect(
    page.getByRole("img", { name: "The 224 × 224 pixels that went into the network" }),
  ).toBeVisible();
  await expect(app.photo.getByText("The network saw the middle 336 × 336 of 512 × 384 pixels")).toBeVisible();
});

test("the pipeline shows all 59 nodes in stream order, the 13 dws blocks among them", async ({ app }) => {
  await app.open();
  const nodes = app.pipeline.getByRole("option");
  await expect(nodes).toHaveCount(59);
  await expect(nodes.first()).toHaveAccessibleName("ConvolutionInputGenerator_rtl_0");
  await expect(nodes.last()).toHaveAccessibleName(/^LabelSelect/);
  await expect(app.pipeline.getByRole("group", { name: /^dws \d+/ })).toHaveCount(13);
  await expect(app.pipeline.getByText(/59 hardware nodes.*568\.0 M multiply-accumulates/)).toBeVisible();
});

test("a node tells what it is and what it put out", async ({ app, page }) => {
  await app.open();
  const nodes = app.pipeline.getByRole("option");
  // The MVAU of the first dws block: 111 x 111 pixels, 32 x 64 weights.
  await nodes.nth(5).hover();
  await expect(app.pipeline.getByRole("heading", { level: 3 })).toHaveText(/^MVAU_hls_\d+$/);
  await expect(app.pipeline).toContainText("111 × 111 × 64 UINT4");
  await expect(app.pipeline).toContainText("25.2 M");
  await nodes.nth(5).click();
  await page.getByRole("button", { name: "Measure its output" }).click();
  await expect(
    app.pipeline.getByText(/^[\d.]+ % of its outputs are not zero for Giant panda; 0 to \d+\.$/),
  ).toBeVisible();
  // The table is the histogram in numbers: every output is counted once.
  const counts = await app.pipeline.getByRole("table").getByRole("cell").allTextContents();
  const sum = counts.reduce((total, count) => total + Number(count.replaceAll(",", "")), 0);
  expect(sum).toBe(111 * 111 * 64);
});

test("the page answers while a photo is being classified", async ({ app, page }) => {
  await app.open("#v=1&engine=reference");
  await app.chooseSample("Tiger");
  await page.getByRole("radio", { name: "Dark colours" }).click();
  const { theme, busy } = await page.evaluate(() => ({
    theme: document.documentElement.dataset.theme,
    busy: document.body.textContent?.includes("Of the former photo: Giant panda"),
  }));
  expect({ theme, busy }).toEqual({ theme: "dark", busy: true });
  await app.topOf("Tiger");
});

test("the built page carries its policy, which every test holds it to", async ({ app, page }) => {
  await app.open();
  const policy = page.locator('meta[http-equiv="Content-Security-Policy"]');
  await expect(policy).toHaveAttribute("content", contentSecurityPolicy);
});
