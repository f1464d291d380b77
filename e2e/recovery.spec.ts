import { bestClass } from "./support/sample-tops";
import { expect, test } from "./support/test";

test("a killed worker is replaced, the photo classified, the user told", async ({ app, page }) => {
  await app.open();
  await page.workers()[0]?.evaluate(() => self.close());
  await app.chooseSample("Tiger");
  expect((await app.topOf("Tiger"))[0]?.label).toBe(bestClass("tiger.jpg").label);
  await expect(page.getByText("The emulator stopped unexpectedly and was started again.")).toBeVisible();
  await expect(app.fact("Engine")).toContainText("WebGPU");
});

test("a worker killed in mid-run is replaced just so", async ({ app, page }) => {
  await app.open("#v=1&engine=reference");
  await app.chooseSample("Tiger");
  await page.workers()[0]?.evaluate(() => self.close());
  expect((await app.topOf("Tiger"))[0]?.label).toBe(bestClass("tiger.jpg").label);
});

for (const [what, alter] of [
  ["truncated", (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
  ["altered", (bytes: Buffer) => Buffer.from(bytes).fill(0x55, 1000, 1016)],
] as const) {
  test(`${what} weights are refused in words, and fetching again helps`, async ({ app, page }) => {
    const weights = "**/models/**/weights.bin";
    await page.route(weights, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: alter(await response.body()) });
    });
    await page.goto("./");
    const alert = app.result.getByRole("alert");
    await expect(alert).toContainText(/weights|package/i);
    await expect(app.result.getByRole("listitem")).toHaveCount(0);
    await page.unroute(weights);
    await alert.getByRole("button", { name: "Try again" }).click();
    expect((await app.topOf("Giant panda"))[0]?.label).toBe(bestClass("panda.jpg").label);
    await expect(alert).toBeEmpty();
  });
}

test("a server that is away is said so, and trying again helps", async ({ app, page }) => {
  await page.route("**/models/**", (route) => route.abort("connectionrefused"));
  await page.goto("./");
  await expect(app.result.getByRole("alert")).toContainText(/could not be loaded|connection/i);
  await page.unroute("**/models/**");
  await page.getByRole("button", { name: "Try again" }).click();
  await app.topOf("Giant panda");
});

test("a sample that cannot be fetched leaves the result of the one before", async ({ app, page }) => {
  await app.open();
  const panda = await app.topOf("Giant panda");
  await page.route("**/samples/tiger.jpg", (route) => route.abort());
  await app.chooseSample("Tiger");
  await expect(app.result.getByRole("alert")).toContainText('The photo "Tiger" could not be loaded.');
  expect(await app.topOf("Of the former photo: Giant panda")).toEqual(panda);
  await page.unroute("**/samples/tiger.jpg");
  await page.getByRole("button", { name: "Try again" }).click();
  await app.topOf("Tiger");
});
