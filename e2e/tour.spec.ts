import { tourLength } from "../src/ui/state/tour-slice";
import { tourSteps } from "../src/ui/tour/steps";
import { viewNames } from "../src/ui/views";
import { expectNoViolations } from "./support/axe";
import { expectFits } from "./support/fits";
import { expect, test } from "./support/test";
import { takePictures } from "./support/themes";
import { TourPage } from "./support/tour-page";

const numberOf = (title: RegExp) => tourSteps.findIndex((step) => title.test(step.title)) + 1;

test("all steps, forward and back, by keyboard: each has its view, its figures, and shows what it means", async ({
  page,
}) => {
  test.setTimeout(300_000);
  const tour = new TourPage(page);
  await page.goto("./#v=1&engine=reference");
  await expect(page.getByRole("region", { name: "Top 5" }).getByRole("listitem")).toHaveCount(5);
  await page.getByRole("button", { name: "Take the tour" }).focus();
  await page.keyboard.press("Enter");
  for (const [i, step] of tourSteps.entries()) {
    await tour.isAt(i + 1, step.title);
    await expect(page.getByRole("link", { name: viewNames[step.view], exact: true })).toHaveAttribute(
      "aria-current",
      "page",
    );
    await tour.showsTarget();
    await expect(tour.text).toHaveText(/\d/);
    await expect(page).toHaveURL(new RegExp(`[#&]tour=${i + 1}$`));
    await page.keyboard.press("n");
  }
  await expect(tour.panel).toBeHidden();
  await expect(page.getByRole("button", { name: "Take the tour" })).toBeVisible();

  await page.goto(`./#v=1&engine=reference&tour=${tourLength}`);
  for (const [i, step] of [...tourSteps.entries()].reverse()) {
    await tour.isAt(i + 1, step.title);
    await tour.showsTarget();
    if (i > 0) await page.keyboard.press("b");
  }
  await expect(page.getByRole("button", { name: "Back", exact: true })).toBeDisabled();
});

test("what one looked at comes back after skipping, and the tour is taken up again after a reload", async ({
  page,
}) => {
  const tour = new TourPage(page);
  await page.goto("./#v=1&engine=reference&view=dataflow&node=MVAU_hls_7&cycle=1234");
  await expect(page.getByRole("heading", { name: "MVAU_hls_7" })).toBeVisible();
  await page.getByRole("button", { name: "Take the tour" }).click();
  const [first, second] = tourSteps;
  await tour.isAt(1, first?.title ?? "");
  await tour.next();
  await tour.isAt(2, second?.title ?? "");
  await tour.showsTarget();
  await page.reload();
  await tour.isAt(2, second?.title ?? "");
  // The link of a step says nothing of what was looked at before; this one does.
  await page.goto("./#v=1&engine=reference&view=dataflow&node=MVAU_hls_7&cycle=1234");
  await expect(tour.panel).toBeHidden();
  await expect(page.getByRole("heading", { name: "MVAU_hls_7" })).toBeVisible();
  await page.getByRole("button", { name: "Resume the tour" }).click();
  await tour.isAt(2, second?.title ?? "");
  await tour.showsTarget();
  await page.getByRole("region", { name: /^2 of/ }).getByRole("button", { name: "Skip the tour" }).click();
  await expect(page.getByRole("heading", { name: "Dataflow", exact: true })).toBeFocused();
  await expect(page.getByRole("heading", { name: "MVAU_hls_7" })).toBeVisible();
  await expect(page.locator("[data-cycle]")).toHaveAttribute("data-cycle", "1234");
  await expect(page.locator("[data-tour-target]")).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("button", { name: "Resume the tour" })).toBeVisible();
});

test("a link leads to a step; what it proposes is noticed, by hand or done for one, and taken back", async ({
  page,
  folding,
}) => {
  const tour = new TourPage(page);
  const number = numberOf(/^Folding/);
  await page.goto(`./#v=1&tour=${number}`);
  await tour.isAt(number, tourSteps[number - 1]?.title ?? "");
  await tour.showsTarget();
  await expect(tour.panel).toContainText("Set SIMD of MVAU_hls_1 to 1");
  const simd = folding.choice("SIMD", "MVAU_hls_1");
  const before = await simd.inputValue();
  await page.getByRole("button", { name: "Do it for me" }).click();
  await expect(tour.done).toContainText("Done. MVAU_hls_1 is the slowest");
  await expect(simd).toHaveValue("1");
  await page.getByRole("button", { name: "Go to the node in the table" }).click();
  await expect(page.locator('[data-node="MVAU_hls_1"]')).toBeFocused();
  await tour.next();
  await tour.back();
  await tour.isAt(number, tourSteps[number - 1]?.title ?? "");
  await expect(simd).toHaveValue(before);
  await expect(tour.done).toBeEmpty();

  await simd.selectOption("1");
  await expect(tour.done).toContainText("Done. MVAU_hls_1 is the slowest");
  await page.getByRole("banner").getByRole("button", { name: "Skip the tour" }).click();
  await expect(tour.panel).toBeHidden();
  await page.getByRole("link", { name: "Folding", exact: true }).click();
  await expect(simd).toHaveValue("1");
});

test("a link to a step that is not there says so", async ({ app, page }) => {
  await app.open("#v=1&engine=reference&tour=99");
  await expect(page.getByText('The link asks for tour "99", which is not there.')).toBeVisible();
});

test("axe finds nothing, and the panel leaves room on a phone and a wide screen", async ({ page }) => {
  const tour = new TourPage(page);
  for (const number of [numberOf(/^Folding/), numberOf(/bottleneck/)]) {
    await page.goto(`./#v=1&engine=reference&tour=${number}`);
    await tour.isAt(number, tourSteps[number - 1]?.title ?? "");
    await expect(tour.text).toHaveText(/\d/);
    await expectNoViolations(page);
    for (const [width, height] of [
      [360, 740],
      [1440, 900],
    ] as const) {
      await page.setViewportSize({ width, height });
      await tour.showsTarget();
      await expectFits(page);
      await takePictures(page, `${number}-${width}`, { fullPage: false });
    }
  }
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoViolations(page);
});
