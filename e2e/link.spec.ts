import { bestClass } from "./support/sample-tops";
import { expect, test } from "./support/test";

test("a link restores sample and engine", async ({ app, page }) => {
  await app.open("#v=1&view=classify&sample=bee&engine=reference");
  expect((await app.topOf("Honey bee"))[0]?.label).toBe(bestClass("bee.jpg").label);
  await expect(app.fact("Engine")).toContainText("Reference");
  await expect(page).toHaveURL(/#v=1&view=classify&sample=bee&engine=reference$/);
});

test("the address follows what is on screen, and a link put into the same tab is followed", async ({
  app,
  page,
}) => {
  await app.open();
  await app.chooseSample("Espresso");
  await app.topOf("Espresso");
  await expect(page).toHaveURL(/sample=espresso/);
  await page.evaluate(() => {
    location.hash = "#v=1&sample=tiger";
  });
  await app.topOf("Tiger");
});

test("nonsense in a link opens the app as ever, with quiet notes", async ({ app, page }) => {
  await app.open("#v=1&engine=abacus&sample=unicorn&<script>=1");
  await app.topOf("Giant panda");
  const notices = page.getByRole("status", { name: "Notices" });
  await expect(notices).toContainText('The link asks for engine "abacus", which is not there.');
  await expect(notices).toContainText('The link asks for sample "unicorn", which is not there.');
  await expect(notices).toContainText("Part of the link was not understood: <script>.");
  for (let left = 3; left > 0; left--) await notices.getByRole("button", { name: "Dismiss" }).first().click();
  await expect(notices).toBeEmpty();
});

test("a link of another version opens the app with a note", async ({ app, page }) => {
  await app.open("#v=99&sample=tiger");
  await app.topOf("Giant panda");
  await expect(page.getByText("This link was made by another version of Streamscope.")).toBeVisible();
});
