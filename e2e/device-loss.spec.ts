import { bestClass } from "./support/sample-tops";
import { expect, test } from "./support/test";

/** Goes in front of the worker's script: on demand, the GPU device is destroyed right after the next submit. */
const hook = `
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (...args) {
    return (self.lastDevice = await requestDevice.apply(this, args));
  };
  const { submit } = GPUQueue.prototype;
  GPUQueue.prototype.submit = function (...args) {
    submit.apply(this, args);
    if (self.loseDevice) self.lastDevice.destroy();
    self.loseDevice = false;
  };
`;

test("a GPU device lost during a run is replaced, the photo classified, the user told", async ({
  app,
  page,
}) => {
  await page.route("**/assets/emulator.worker-*.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: hook + (await response.text()) });
  });
  await app.open();
  await page.workers()[0]?.evaluate(() => Object.assign(self, { loseDevice: true }));
  await app.chooseSample("Tiger");
  expect((await app.topOf("Tiger"))[0]?.label).toBe(bestClass("tiger.jpg").label);
  await expect(
    page.getByText("The GPU was lost during the work, and the work was done again."),
  ).toBeVisible();
  await expect(app.fact("Engine")).toContainText("WebGPU");
});
