import { expect, test } from "./support/test";

test("a view that does not come is said so, the rest of the page stays, and trying again helps", async ({
  app,
  page,
}) => {
  await app.open("#v=1&sample=tiger");
  await page.route("**/assets/layers-view-*.js", (route) => route.abort("connectionrefused"));
  const views = page.getByRole("navigation");
  await views.getByText("Layers", { exact: true }).click();
  const main = page.getByRole("main");
  await expect(main.getByRole("alert")).toContainText("The view could not be loaded.");
  await expect(main.getByRole("heading", { name: "Layers" })).toBeFocused();
  await expect(page).toHaveURL(/view=layers&sample=tiger/);

  // The other views are still there.
  await views.getByText("Classify", { exact: true }).click();
  await app.topOf("Tiger");
  await views.getByText("Layers", { exact: true }).click();
  await expect(main.getByRole("alert")).toBeVisible();

  // While the server is away, nothing is thrown away.
  await page.route(
    ({ pathname }) => pathname === "/",
    (route) => route.abort("connectionrefused"),
  );
  await main.getByRole("button", { name: "Try again" }).click();
  await expect(main.getByRole("status")).toHaveText("The server cannot be reached (tried once).");

  await page.unrouteAll();
  await main.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("combobox", { name: "Layer" })).toBeVisible();
  await expect(page).toHaveURL(/view=layers&sample=tiger/);
});

test("a tour that does not come can be left", async ({ app, page }) => {
  await page.route("**/assets/tour-panel-*.js", (route) => route.abort("connectionrefused"));
  await app.open("#v=1&tour=1");
  await expect(page.getByText("The tour could not be loaded.")).toBeVisible();
  await page.getByRole("button", { name: "Leave the tour" }).click();
  await expect(page.getByText("The tour could not be loaded.")).toHaveCount(0);
  await app.topOf("Giant panda");
});
