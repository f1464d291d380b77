import { DataflowPage } from "./support/dataflow-page";
import { expect, test } from "./support/test";

test("on paper there are pictures and tables in light colours, and no controls", async ({
  page,
  folding,
}) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await folding.open();
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await page.setViewportSize({ width: 720, height: 1000 });
  await expect(page.getByRole("banner")).toBeHidden();
  await expect(page.getByRole("button")).toHaveCount(0);
  await expect(page.getByRole("img", { name: /^Bars of/ })).toBeVisible();
  await expect(folding.nodes.getByRole("row").first()).toBeVisible();
  const look = await page.evaluate(() => ({
    ground: getComputedStyle(document.documentElement).backgroundColor,
    overflow: document.documentElement.scrollWidth - innerWidth,
    figure: getComputedStyle(document.querySelector("figure") ?? document.body).breakInside,
    headings: getComputedStyle(document.querySelector("thead") ?? document.body).display,
  }));
  expect(look).toEqual({
    ground: "rgb(255, 255, 255)",
    overflow: 0,
    figure: "avoid",
    headings: "table-header-group",
  });
});

test("of the Dataflow view's time the cycle is on paper, and none of what moves it", async ({ page }) => {
  const view = new DataflowPage(page);
  await view.open();
  await page.emulateMedia({ media: "print" });
  await expect(view.cycle).toBeVisible();
  await expect(page.getByText("Speed", { exact: true })).toBeHidden();
  await expect(page.locator(".scrubber__marks")).toBeHidden();
  await expect(view.slider).toBeHidden();
});
