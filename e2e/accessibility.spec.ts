import { expectNoViolations } from "./support/axe";
import { image } from "./support/files";
import { expect, test } from "./support/test";

test("axe finds nothing: result, node, settings, error and former result", async ({ app, page }) => {
  await app.open("#v=1&engine=nonsense");
  await app.topOf("Giant panda");
  await expectNoViolations(page);

  await app.pipeline.getByRole("option").nth(5).click();
  await page.getByRole("button", { name: "Measure its output" }).click();
  await expect(app.pipeline.getByRole("table")).toBeVisible();
  await expectNoViolations(page);

  await page.getByRole("button", { name: /^Engine/ }).click();
  await expect(page.getByRole("dialog", { name: "Engine" })).toBeVisible();
  await expectNoViolations(page);
  await page.keyboard.press("Escape");

  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await expectNoViolations(page);
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Save picture: Logits" }).click();
  await expect(page.getByRole("menu")).toBeVisible();
  await expectNoViolations(page);
  await page.keyboard.press("Escape");

  await app.chooseFile(image("text.jpg"));
  await expect(app.result.getByRole("alert")).not.toBeEmpty();
  await expectNoViolations(page);
});

test("axe finds nothing on a phone", async ({ app, page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await app.open();
  await expectNoViolations(page);
});
