import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

const help = (page: Page) => page.getByRole("dialog", { name: "Keys" });

/** The keys of a line of the help, as they are written there. */
const keysFor = (page: Page, does: string) =>
  help(page).getByRole("row").filter({ hasText: does }).locator("kbd");

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 2, name, exact: true });

test("“?” shows the keys; Escape leads back to where one was", async ({ app, page }) => {
  await app.open();
  const engine = page.getByRole("button", { name: /^Engine/ });
  await engine.focus();
  await page.keyboard.press("?");
  await expect(help(page)).toBeVisible();
  await expect(help(page).getByRole("table").first()).toHaveAccessibleName("Classify");
  await page.keyboard.press("3");
  await expect(page.locator(".classify"), "the page under a dialog hears no keys").toBeVisible();
  await page.keyboard.press("Escape");
  await expect(help(page)).toBeHidden();
  await expect(engine).toBeFocused();

  await page.getByRole("button", { name: "Keys", exact: true }).click();
  await expect(help(page)).toBeVisible();
});

test("what the help says of the views is so, and the focus goes with them", async ({ app, page }) => {
  await app.open();
  const views = await page.getByRole("navigation", { name: "Views" }).getByRole("link").allTextContents();
  await page.keyboard.press("?");
  const keys = new Map<string, string>();
  for (const view of views) keys.set(view, await keysFor(page, view).last().innerText());
  await page.keyboard.press("Escape");

  await page.keyboard.press(keys.get("Folding") ?? "");
  await expect(heading(page, "Folding")).toBeFocused();
  await expect(page).toHaveTitle("Folding – Streamscope");
  await expect(page.getByRole("link", { name: "Folding" })).toHaveAttribute("aria-current", "page");
  await page.keyboard.press(keys.get("Classify") ?? "");
  await expect(app.result).toBeVisible();
});

test("no view gives a key two meanings", async ({ page, folding }) => {
  await folding.open();
  for (const view of await page.getByRole("navigation", { name: "Views" }).getByRole("link").all()) {
    await view.click();
    await expect(page.getByText("Loading the view…")).toBeHidden();
    await page.keyboard.press("?");
    // Dataflow has its keys when it is simulated.
    if ((await view.textContent()) === "Dataflow") await expect(help(page)).toContainText("Play or pause");
    // A part's keys go before the view's while the focus is in it.
    const ofPage = help(page).locator("table:not(:has(caption:text('with the focus in it')))");
    const chords = await ofPage.locator(".key-help__keys").allTextContents();
    expect(chords).toContain("?");
    expect(new Set(chords).size, `${chords}`).toBe(chords.length);
    await page.keyboard.press("Escape");
  }
});

test("a folding is undone and done again with keys, but not from a text field", async ({ page, folding }) => {
  await folding.open();
  const pe = folding.choice("PE", "MVAU_hls_1");
  const before = await pe.inputValue();
  const other = await pe.locator("option").evaluateAll((options, value) => {
    const found = options.map((option) => (option as HTMLOptionElement).value).find((each) => each !== value);
    return found ?? "";
  }, before);
  await pe.selectOption(other);
  await expect(page.getByRole("button", { name: /^Undo/ })).toBeEnabled();
  await page.getByRole("textbox").or(page.getByRole("spinbutton")).first().focus();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(pe).toHaveValue(other);
  await heading(page, "Folding").click();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(pe).toHaveValue(before);
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await expect(pe).toHaveValue(other);
});

test("single keys can be turned off, and stay off", async ({ page, folding }) => {
  await folding.open();
  await page.keyboard.press("?");
  await help(page)
    .getByRole("switch", { name: /^Single keys/ })
    .focus();
  await page.keyboard.press("Space");
  await expect(help(page).getByText("Redo")).toBeVisible();
  await expect(help(page).getByText("Show what the keys do")).toBeHidden();
  await page.keyboard.press("Escape");

  await page.reload();
  await expect(folding.nodes).toBeVisible();
  await page.keyboard.press("?");
  await page.keyboard.press("1");
  await expect(folding.nodes).toBeVisible();
  await expect(help(page)).toBeHidden();

  await page.getByRole("button", { name: "Keys", exact: true }).click();
  await help(page).getByText("Single keys").click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(help(page)).toBeVisible();
});

test("the first Tab leads past the header", async ({ page, folding }) => {
  await folding.open();
  const address = page.url();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the view" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("Tab");
  const inMain = await page.evaluate(() => document.activeElement?.closest("main") !== null);
  expect(inMain).toBe(true);
  expect(page.url()).toBe(address);
});
