import { editFolding, type FoldingEdit } from "../src/hardware/edit-folding";
import { readFoldingFile, writeFoldingFile } from "../src/hardware/folding-file";
import { cyclesOf } from "../src/hardware/models";
import { mobilenetFoldings } from "../src/hardware/presets";
import { shippedGraph } from "../src/hardware/testing/shipped-graph";
import { expectNoViolations } from "./support/axe";
import { expectFitsAllWidths } from "./support/fits";
import { expect, test } from "./support/test";

const graph = shippedGraph();
const preset = mobilenetFoldings.U250();
const slowerMvau: FoldingEdit = { node: "MVAU_hls_3", axis: "PE", value: 8 };

/** What the hardware models say of a node after an edit of FINN's folding for the U250. */
function cyclesAfter(edit: FoldingEdit, node = edit.node): number {
  const folded = editFolding(graph, preset, edit).folded.nodes.find((one) => one.node.name === node);
  if (!folded) throw new Error(`there is no ${node}`);
  return cyclesOf(folded);
}

test("the view is one step away, and its worker takes the model that is already there", async ({
  app,
  folding,
  page,
}) => {
  const weights: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("weights.bin")) weights.push(request.url());
  });
  await app.open();
  await page.getByRole("link", { name: "Folding" }).click();
  await expect(folding.rows()).toHaveCount(59);
  expect(weights).toHaveLength(1);
  await expect(page.getByRole("link", { name: "Folding" })).toHaveAttribute("aria-current", "page");
  await page.getByRole("link", { name: "Classify" }).click();
  await app.topOf("Giant panda");
});

test("opened at once, page and view share one download", async ({ folding, page }) => {
  const weights: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("weights.bin")) weights.push(request.url());
  });
  await folding.open();
  await expect(folding.rows()).toHaveCount(59);
  expect(weights).toHaveLength(1);
});

test("a PE changes the cycles and moves the bottleneck; undo and redo go back and forth", async ({
  folding,
  page,
}) => {
  await folding.open();
  const first = "ConvolutionInputGenerator_rtl_0";
  const [before, after] = [await folding.cycles(slowerMvau.node), cyclesAfter(slowerMvau)];
  expect(after).toBe(4 * before);
  await expect(folding.rate).toContainText(`${first} is the slowest`);

  await folding.choice("PE", slowerMvau.node).selectOption("8");
  await expect(folding.rate).toContainText(
    `${slowerMvau.node} is the slowest: it needs ${after.toLocaleString("en-US")} cycles`,
  );
  expect(await folding.cycles(slowerMvau.node)).toBe(after);
  await expect(folding.row(slowerMvau.node)).toContainText("slowest");
  await expect(page.getByRole("img", { name: /Bars of 59 nodes/ })).toHaveAccessibleName(
    new RegExp(`${slowerMvau.node} is the slowest`),
  );

  await page.getByRole("button", { name: `Undo PE 8 of ${slowerMvau.node}` }).click();
  await expect(folding.rate).toContainText(`${first} is the slowest`);
  expect(await folding.cycles(slowerMvau.node)).toBe(before);
  await page.keyboard.press("ControlOrMeta+Shift+Z");
  await expect(folding.choice("PE", slowerMvau.node)).toHaveValue("8");
  await page.keyboard.press("ControlOrMeta+Z");
  await expect(folding.choice("PE", slowerMvau.node)).toHaveValue("32");
});

test("a depthwise window goes along with its VVAU", async ({ folding }) => {
  await folding.open();
  const edit = { node: "VVAU_hls_4", axis: "PE", value: 8 } as const;
  await folding.choice("PE", edit.node).selectOption("8");
  await expect(folding.choice("SIMD", "ConvolutionInputGenerator_rtl_5")).toHaveValue("8");
  await expect(folding.answer).toContainText("So is SIMD of ConvolutionInputGenerator_rtl_5");
  for (const node of [edit.node, "ConvolutionInputGenerator_rtl_5"]) {
    expect(await folding.cycles(node)).toBe(cyclesAfter(edit, node));
  }
});

test("a board brings FINN's folding for it, and can be undone", async ({ folding, page }) => {
  await folding.open();
  await page.getByRole("button", { name: "ZCU104", exact: true }).click();
  await expect(folding.rows()).toHaveCount(86);
  await expect(folding.rate).toContainText("xczu7ev-ffvc1156-2-e");
  await expect(page).toHaveURL(/board=ZCU104$/);
  await page.keyboard.press("ControlOrMeta+Z");
  await expect(folding.rows()).toHaveCount(59);
});

test("a target is reached, or one is told which node stops it", async ({ folding, page }) => {
  await folding.open();
  const field = page.getByRole("spinbutton", { name: "Frames a second" });
  await field.fill("500");
  await page.getByRole("button", { name: "Fold to this rate" }).click();
  await expect(folding.answer).toContainText("Reached: ");
  const rate = await folding.rate.getByText(/^[\d,.]+ fps$/).textContent();
  expect(Number(rate?.replace(/,| fps/g, ""))).toBeGreaterThanOrEqual(500);
  await field.fill("1000000");
  await field.press("Enter");
  await expect(folding.answer).toContainText(/cannot be reached; the most is [\d,]+ fps\. \w+ stops it at/);

  await page.getByRole("spinbutton", { name: "Share of the U250" }).fill("25");
  await page.getByRole("button", { name: "Fold into this share" }).click();
  await expect(folding.answer).toContainText("fps within 25.0 % of the U250.");
});

test("what is saved is FINN's form, and opens again as the same", async ({ folding, page }) => {
  await folding.open();
  await folding.choice("PE", slowerMvau.node).selectOption("8");
  await expect(folding.answer).toContainText("PE of MVAU_hls_3 is 8.");
  const link = page.url();
  const { name, text } = await folding.save();
  expect(name).toBe("folding_config_U250.json");
  expect(readFoldingFile(text)).toEqual(editFolding(graph, preset, slowerMvau).config);

  await page.getByRole("button", { name: "U250", exact: true }).click();
  await expect(folding.choice("PE", slowerMvau.node)).toHaveValue("32");
  await folding.openFile(name, text);
  await expect(folding.choice("PE", slowerMvau.node)).toHaveValue("8");
  expect(page.url()).toBe(link);
  expect((await folding.save()).text).toBe(text);
});

test("a bad file is refused by name, and nothing is lost", async ({ folding, page }) => {
  await folding.open();
  await folding.choice("PE", slowerMvau.node).selectOption("8");
  await expect(folding.answer).toContainText("PE of MVAU_hls_3 is 8.");
  await folding.openFile("notes.json", "not JSON");
  await expect(folding.refusal).toHaveText("notes.json was not opened. The folding file is not JSON.");
  await folding.openFile("other.json", '{"MVAU_hls_3": {"PE": 7}}');
  await expect(folding.refusal).toContainText("other.json was not opened. MVAU_hls_3: PE 7 does not divide");
  await expect(folding.choice("PE", slowerMvau.node)).toHaveValue("8");
  await expect(page.getByRole("button", { name: `Undo PE 8 of ${slowerMvau.node}` })).toBeEnabled();
});

test("a link restores board and folding; a wrong one is refused with a sentence", async ({
  folding,
  page,
}) => {
  await folding.open("&board=ZCU104&folding=MVAU_rtl_3.PE-8");
  await expect(folding.choice("PE", "MVAU_rtl_3")).toHaveValue("8");
  await expect(page).toHaveURL(/#v=1&view=folding&engine=auto&board=ZCU104&folding=MVAU_rtl_3.PE-8$/);
  await page.evaluate(() => {
    location.hash = "#v=1&view=folding&board=U250&folding=MVAU_hls_3.PE-7";
  });
  await expect(folding.refusal).toContainText("The folding of the link was not taken. MVAU_hls_3: PE 7");
  await expect(folding.choice("PE", "MVAU_rtl_3")).toHaveValue("8");
  await expect(page).toHaveURL(/board=ZCU104&folding=MVAU_rtl_3.PE-8$/);
});

test("two foldings side by side", async ({ folding, page }) => {
  await folding.open();
  await page.getByRole("button", { name: "Keep this folding" }).click();
  await folding.choice("PE", slowerMvau.node).selectOption("8");
  const figures = folding.comparison.getByRole("table", { name: "Figures of the two foldings" });
  await expect(figures.getByRole("row", { name: /^Slowest node/ })).toContainText(
    `${slowerMvau.node}ConvolutionInputGenerator_rtl_0`,
  );
  const nodes = folding.comparison.getByRole("table", { name: "Nodes that are folded differently" });
  await expect(nodes.getByRole("row")).toHaveCount(2);
  await expect(nodes.getByRole("row").last()).toContainText("MVAU_hls_3PE 8, SIMD 16PE 32, SIMD 16");
  await page.getByRole("button", { name: "Swap A and B" }).click();
  await expect(folding.choice("PE", slowerMvau.node)).toHaveValue("32");
  await page.getByRole("button", { name: "Stop comparing" }).click();
  await expect(figures).toHaveCount(0);
});

test("a folding file dropped on the page is opened", async ({ folding, page }) => {
  await folding.open();
  const text = writeFoldingFile(mobilenetFoldings.ZCU102());
  const transfer = await page.evaluateHandle((json) => {
    const data = new DataTransfer();
    data.items.add(new File([json], "zcu102.json", { type: "application/json" }));
    return data;
  }, text);
  await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
  await expect(folding.rows()).toHaveCount(86);
  await expect(folding.answer).toContainText("It is for the ZCU102, so the board is that now.");
});

test("the keyboard alone is enough", async ({ folding, page }) => {
  await folding.open();
  const tabTo = async (name: string, role: "button" | "combobox" | "spinbutton") => {
    const target = page.getByRole(role, { name, exact: true });
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press("Tab");
      if (await target.evaluate((element) => element === document.activeElement)) return;
    }
    throw new Error(`Tab does not lead to ${name}`);
  };
  await tabTo("Frames a second", "spinbutton");
  await tabTo("SIMD of ConvolutionInputGenerator_rtl_0", "combobox");
  await tabTo("PE of MVAU_hls_0", "combobox");
  await page.keyboard.press("ArrowUp");
  await expect(folding.choice("PE", "MVAU_hls_0")).toHaveValue("16");
  await expect(folding.choice("PE", "MVAU_hls_0")).toBeFocused();
  await expect(folding.rate).toContainText("MVAU_hls_0 is the slowest");
  await page.keyboard.press("ControlOrMeta+Z");
  await expect(folding.choice("PE", "MVAU_hls_0")).toHaveValue("32");
  await page.keyboard.press("Home");
  await expect(folding.choice("PE", "MVAU_hls_0")).toHaveValue("1");
  // The choice shows at once; the link has it when the hardware model has taken it.
  await expect(folding.rate).toContainText("MVAU_hls_0 is the slowest");

  await page.reload();
  await expect(folding.choice("PE", "MVAU_hls_0")).toHaveValue("1");
  await tabTo("ZCU102", "button");
  await page.keyboard.press("Enter");
  await expect(folding.rows()).toHaveCount(86);
});

test("axe finds nothing, and it fits from phone to wide screen", async ({ folding, page }) => {
  await folding.open();
  await page.getByRole("button", { name: "FINN’s for ZCU104" }).click();
  await expect(folding.comparison.getByRole("table").first()).toBeVisible();
  await folding.choice("PE", slowerMvau.node).selectOption("8");
  await page.getByText(/^\d+ FIFOs and \d+ width converters/).click();
  await expectNoViolations(page);
  // A long name in the middle of the chart.
  await folding.choice("PE", "VVAU_hls_4").selectOption("4");
  await expect(folding.rate).toContainText("ConvolutionInputGenerator_rtl_5 is the slowest");
  await expectFitsAllWidths(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await folding.openFile("notes.json", "not JSON");
  await expect(folding.refusal).not.toBeEmpty();
  await expectNoViolations(page);
});
