import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/test";

/** Presses Tab until the focus is there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab does not lead to ${target}`);
}

test("everything can be done with the keyboard alone", async ({ app, page }) => {
  // Heard from the start: a choice that opens before one listens is never heard of.
  let choices = 0;
  page.on("filechooser", () => {
    choices++;
  });
  await app.open();

  const engine = page.getByRole("button", { name: /^Engine/ });
  await tabTo(page, engine);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Engine" })).toBeVisible();
  await tabTo(page, page.getByRole("radio", { name: /^Automatic/ }));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Escape");
  await expect(engine).toBeFocused();
  await expect(engine).toContainText("ONNX Runtime");
  await expect(app.fact("Engine")).toContainText("ONNX Runtime");

  await tabTo(page, page.getByRole("radio", { name: "System colours" }));
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Space");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");

  const choose = page.getByRole("button", { name: "Choose a photo" });
  await tabTo(page, choose);
  await page.keyboard.press("Enter");
  await expect.poll(() => choices).toBe(1);

  await tabTo(page, page.getByRole("button", { name: "Tiger", exact: true }));
  await page.keyboard.press("Enter");
  await app.topOf("Tiger");

  await tabTo(page, app.pipeline.getByRole("option").first());
  for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowRight");
  await expect(app.pipeline.getByRole("heading", { level: 3 })).toHaveText(/^VVAU_hls_0$/);
  await page.keyboard.press("End");
  await expect(app.pipeline.getByRole("heading", { level: 3 })).toHaveText(/^LabelSelect/);
  await tabTo(page, page.getByRole("button", { name: "Measure its output" }));
  await page.keyboard.press("Enter");
  await expect(app.pipeline.getByText(/of its outputs are not zero for Tiger/)).toBeVisible();
});

test("the focus is visible wherever it goes", async ({ app, page }) => {
  await app.open();
  for (let presses = 0; presses < 24; presses++) {
    await page.keyboard.press("Tab");
    const outline = await page.evaluate(() => {
      const focused = document.activeElement;
      if (!focused || focused === document.body) return "left the page";
      // A radio's own input is hidden; its label shows the focus.
      const shown = focused.closest("label") ?? focused;
      return getComputedStyle(shown).outlineStyle;
    });
    if (outline === "left the page") return;
    expect(outline).toBe("solid");
  }
});
