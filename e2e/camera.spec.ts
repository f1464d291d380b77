import { expectNoViolations } from "./support/axe";
import { CameraPage, goneCamera, makeFilm, removeFilm, withFakeCamera } from "./support/fake-camera";
import { expectFits } from "./support/fits";
import { networkInput, referenceTop } from "./support/reference-run";
import { bestClass } from "./support/sample-tops";
import { test as base, expect } from "./support/test";
import { takePictures } from "./support/themes";

const test = base.extend<{ camera: CameraPage }>({
  camera: async ({ page }, use) => {
    await use(new CameraPage(page));
  },
});

test.use({ launchOptions: withFakeCamera });
test.beforeAll(() => makeFilm("panda.jpg", "tiger.jpg"));
test.afterAll(removeFilm);

test("a person points the camera, pauses, freezes, and looks at the frame in the other views", async ({
  camera,
  page,
}) => {
  await camera.openLive();
  const best = async () => (await camera.shownTop())[0]?.label;
  await expect.poll(best).toBe(bestClass("panda.jpg").label);
  await expect.poll(best).toBe(bestClass("tiger.jpg").label);
  for (const stage of ["Rate", "Capture", "Resize, crop", "Emulate", "Draw"]) {
    await expect(camera.fact(stage)).toHaveText(/^[\d.,]+ (fps|m?s)$/);
  }
  await expect(camera.fact("Frames")).toHaveText(/^\d+ classified of \d+ that the camera gave$/);

  await page.getByRole("checkbox", { name: /^Smooth the list/ }).uncheck();
  await page.keyboard.press("p");
  await camera.stoodStill();
  const number = await camera.frame();
  const top = await camera.shownTop();
  const input = await networkInput(page);
  expect(top.map(({ index, logit }) => ({ index, logit }))).toEqual(await referenceTop(input));
  expect(["panda.jpg", "tiger.jpg"].map((photo) => bestClass(photo).label)).toContain(top[0]?.label);

  // The mirror is for the eye.
  await expect(camera.video).toHaveAttribute("data-mirrored");
  await camera.controls.getByRole("checkbox", { name: "Mirror" }).uncheck();
  await expect(camera.video).not.toHaveAttribute("data-mirrored");
  expect(await networkInput(page)).toEqual(input);

  await page.keyboard.press("f");
  await expect(camera.video).toBeHidden();
  expect(await camera.topOf(`Camera frame ${number}`)).toEqual(top);
  expect(await networkInput(page), "the frozen frame is the live one, to the byte").toEqual(input);
  expect(page.url(), "a frame never gets into a link").not.toContain("sample");

  await page.getByRole("link", { name: "Lens" }).click();
  await expect(page.getByText(`Numbers of: Camera frame ${number}`)).toBeVisible();
  await page.getByRole("link", { name: "Classify" }).click();
  await camera.button("Go on with the camera").click();
  await camera.answered();

  await page.getByRole("link", { name: "Layers" }).click();
  await expect(page.getByText(/The camera is off since you left Classify\. Its newest frame/)).toBeVisible();
  await page.getByRole("link", { name: "Classify" }).click();
  await expect(camera.result.getByText(/^Camera frame \d/)).toBeVisible();
  await expect(camera.button("Go on with the camera")).toBeVisible();
});

test("what befalls the camera is said, and leads on", async ({ camera, page }) => {
  await camera.openLive();
  await camera.befalls("mute");
  await expect(camera.status).toContainText("privacy switch");
  await camera.befalls("unmute");
  await expect(camera.status).toBeEmpty();

  const look = (hidden: boolean) =>
    page.evaluate((value) => {
      Object.defineProperty(document, "hidden", { value, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  await look(true);
  await expect(camera.status).toContainText("nobody looks");
  await look(false);
  await expect(camera.status).toBeEmpty();
  const before = await camera.frame();
  await expect.poll(() => camera.frame()).toBeGreaterThan(before);

  await page.workers()[0]?.evaluate(() => self.close());
  await expect(page.getByText("The emulator stopped unexpectedly and was started again.")).toBeVisible();
  const atLoss = await camera.frame();
  await expect.poll(() => camera.frame()).toBeGreaterThan(atLoss);

  const choice = camera.controls.getByRole("combobox", { name: "Camera" });
  await choice.selectOption(goneCamera);
  await expect(camera.status).toContainText("not there any more");
  await camera.status.getByRole("button", { name: "Use any camera" }).click();
  await camera.answered();
  await expect(choice).not.toHaveValue(/^f+$/);

  await camera.befalls("ended");
  await expect(camera.status).toContainText("unplugged");
  await expect(camera.video).toBeHidden();
  await expect(camera.result.getByText(/^Camera frame \d/), "its newest frame is left").toBeVisible();
  await camera.status.getByRole("button", { name: "Use any camera" }).click();
  await camera.answered();
  await camera.chooseSample("Honey bee");
  expect((await camera.topOf("Honey bee"))[0]?.label).toBe(bestClass("bee.jpg").label);
  await expect(camera.video).toBeHidden();
});

test("a camera that is not allowed is said, and a photo leads on", async ({ camera, page }) => {
  await camera.open();
  const panda = await camera.topOf("Giant panda");
  await page.keyboard.press("c");
  await expect(camera.status).toContainText("llow");
  await camera.status.getByRole("button").last().waitFor();
  await expect(camera.status).toContainText(/blocked|was not allowed/);
  await expect(camera.status.getByRole("button", { name: "Choose a photo instead" })).toBeVisible();
  expect(await camera.topOf("Giant panda"), "nothing else is disturbed").toEqual(panda);

  await page.context().grantPermissions(["camera"]);
  await camera.status.getByRole("button", { name: "Try again" }).click();
  await camera.answered();
  await page.keyboard.press("c");
  expect(await camera.topOf("Giant panda")).toEqual(panda);
});

test("axe finds nothing, and nothing is wider than the page, on a phone and at a desk", async ({
  camera,
  page,
}) => {
  await camera.openLive();
  await camera.button("Pause the camera").click();
  await camera.stoodStill();
  for (const state of ["paused", "unplugged"]) {
    if (state === "unplugged") {
      await camera.befalls("ended");
      await expect(camera.status).toContainText("unplugged");
    }
    for (const width of [360, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await expectNoViolations(page);
      await expectFits(page);
      await takePictures(page, `${state}-${width}`);
    }
  }
});
