import { bestClass } from "./support/sample-tops";
import { expect, test } from "./support/test";

test("all engines give the same top 5 with the same logits", async ({ app, page }) => {
  await app.open("#v=1&sample=tiger&engine=webgpu");
  const webgpu = await app.topOf("Tiger");
  await expect(app.fact("Engine")).toContainText("WebGPU");

  await app.chooseEngine("ONNX Runtime");
  await expect(app.fact("Engine")).toContainText("ONNX Runtime");
  expect(await app.topOf("Tiger")).toEqual(webgpu);
  await expect(page).toHaveURL(/engine=ort/);

  await app.chooseEngine("Reference");
  await expect(app.fact("Engine")).toContainText("Reference");
  expect(await app.topOf("Tiger")).toEqual(webgpu);
});

test("ONNX Runtime's WebAssembly is fetched when it is asked for, not before", async ({ app, page }) => {
  const fetched: string[] = [];
  page.on("request", (request) => {
    if (/\/assets\/ort|\.wasm/.test(request.url())) fetched.push(request.url());
  });
  await app.open();
  expect(fetched).toEqual([]);
  await app.chooseEngine("ONNX Runtime");
  await expect(app.fact("Engine")).toContainText("ONNX Runtime");
  expect(fetched.some((url) => url.endsWith(".wasm"))).toBe(true);
});

test.describe("without WebGPU", () => {
  test.beforeEach(async ({ page }) => {
    // A worker has no init scripts: its own script says first that there is no WebGPU.
    await page.route("**/emulator.worker-*.js", async (route) => {
      const response = await route.fetch();
      const hide = 'Object.defineProperty(navigator, "gpu", { value: undefined });';
      await route.fulfill({ response, body: hide + (await response.text()) });
    });
  });

  test("the automatic engine is ONNX Runtime, and the page says why", async ({ app }) => {
    await app.open();
    expect((await app.topOf("Giant panda"))[0]?.label).toBe(bestClass("panda.jpg").label);
    await expect(app.fact("Engine")).toContainText("ONNX Runtime");
    await expect(app.result.getByText("Not on WebGPU.")).toBeVisible();
  });

  test("asked for WebGPU, the page says that there is none and offers the automatic engine", async ({
    app,
    page,
  }) => {
    await page.goto("./#v=1&engine=webgpu");
    await expect(app.result.getByRole("alert")).toContainText("WebGPU");
    await page.getByRole("button", { name: "Use the automatic engine" }).click();
    await app.topOf("Giant panda");
    await expect(app.fact("Engine")).toContainText("ONNX Runtime");
    await expect(app.result.getByRole("alert")).toBeEmpty();
  });
});
