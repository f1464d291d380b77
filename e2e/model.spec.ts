import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { compile } from "../src/compiler/compile";
import { expectNoViolations } from "./support/axe";
import { onnx } from "./support/files";
import { expectFitsAllWidths } from "./support/fits";
import { modelServer } from "./support/model-server";
import { expect, test } from "./support/test";

const mobilenet = "mnv1_qonnx.onnx";

/** What the command line's compiler says of each pass, as the view words it. */
async function expectedPasses(file: string): Promise<string[]> {
  const { steps } = await compile(readFileSync(onnx(file)));
  return steps.map(({ name, changed, nodesBefore, nodesAfter }) => {
    const counts = nodesBefore === nodesAfter ? `${nodesAfter}` : `${nodesBefore} to ${nodesAfter}`;
    return `${name}: ${changed ? `${counts} nodes` : "nothing to do"}`;
  });
}

test("a model is opened, shown pass by pass, checked, used in all views, kept, and left again", async ({
  models,
  app,
  folding,
  page,
}) => {
  const { graph } = await compile(readFileSync(onnx(mobilenet)));
  await models.open();
  await models.openFixture(mobilenet);
  await models.compiled();
  expect(await models.shownPasses()).toEqual(await expectedPasses(mobilenet));

  await models.passes.getByRole("option", { name: /^BatchNormToAffine/ }).click();
  await expect(models.passes.getByRole("option", { selected: true })).toBeInViewport();
  const detail = page.getByRole("region", { name: /BatchNormToAffine$/ });
  await expect(detail).toContainText("147 nodes become 174");
  await models.nodes.getByRole("option", { name: /^Conv_0,/ }).click();
  const node = page.getByRole("region", { name: "Conv_0", exact: true });
  await expect(node).toContainText("kernel_shape3, 3");
  await expect(node).toContainText("108 values from");

  await page.getByRole("button", { name: "Check every layer" }).click();
  await expect(page.getByText("444,221 values of 31 layers compared: 0 differ.")).toBeVisible();
  await expect(page.getByRole("table", { name: /^Layers compared/ }).getByRole("row")).toHaveCount(32);

  await models.takeOpened();
  await models.view("Folding");
  await expect(folding.rows()).toHaveCount(graph.nodes.length);
  await expect(folding.choice("PE", "MVAU_hls_13").locator("option").last()).toHaveText("40");
  await models.view("Classify");
  await expect(app.result.getByRole("listitem")).toHaveCount(5);
  await expect(app.result).toContainText("All 40 logits");
  await models.view("Dataflow");
  await expect(page.getByRole("main")).toContainText("MVAU_hls_0 has most to do, 332,667 cycles");

  await page.reload();
  const note = page.getByRole("region", { name: "Model in use" });
  await expect(note).toContainText("Your model mnv1_qonnx");
  await models.view("Folding");
  await expect(folding.choice("PE", "MVAU_hls_13").locator("option").last()).toHaveText("40");
  await note.getByRole("button", { name: "Back to the built-in" }).click();
  await expect(note).toHaveCount(0);
  await expect(folding.choice("PE", "MVAU_hls_13").locator("option").last()).toHaveText("1024");
  await page.reload();
  await expect(folding.choice("PE", "MVAU_hls_13").locator("option").last()).toHaveText("1024");
  await expect(note).toHaveCount(0);
});

test("a network that takes no pictures is used in the hardware views, and Classify says why not", async ({
  models,
  folding,
  page,
}) => {
  const vector = "chain_1d_fc.onnx";
  const { graph } = await compile(readFileSync(onnx(vector)), { preprocessing: "none" });
  await models.open();
  await models.readBytes();
  await models.openFixture(vector);
  await models.compiled();
  await models.takeOpened();
  await models.view("Folding");
  await expect(folding.rows()).toHaveCount(graph.nodes.length);
  for (const view of ["Layers", "Lens"] as const) {
    await models.view(view);
    await expect(page.getByText("This network takes no photos")).toBeVisible();
    await expect(page.getByRole("alert").filter({ hasText: /./ })).toHaveCount(0);
  }
  await models.view("Classify");
  await expect(page.getByRole("alert").filter({ hasText: "photos cannot be shown to it" })).toBeVisible();
});

test("classes get names from a file", async ({ models, app, page }) => {
  await models.open();
  await models.openFixture(mobilenet);
  await models.compiled();
  const labels = (names: readonly string[]) =>
    page
      .locator("input[type=file]")
      .nth(1)
      .setInputFiles({
        name: "labels.txt",
        mimeType: "text/plain",
        buffer: Buffer.from(names.join("\n")),
      });
  await labels(["one", "two"]);
  await expect(models.refusal).toContainText("has 2 lines, but the network has 40 classes");
  await labels(Array.from({ length: 40 }, (_, i) => `kind ${i}`));
  await expect(models.refusal).toHaveCount(0);
  await models.takeOpened();
  await models.view("Classify");
  await expect(app.result.getByRole("listitem").first()).toContainText(/^kind \d+class/);
});

test("bad files are refused with a sentence each, and nothing is lost", async ({ models, page }) => {
  await models.open();
  await models.openFixture(mobilenet);
  await models.compiled();
  const before = await models.shownPasses();
  const files = [
    ["notes.onnx", Buffer.from("just words"), "The file is no ONNX model"],
    ["page.onnx", Buffer.from("<!doctype html><p>404"), "This is a web page, not a model."],
    ["model.zip", Buffer.from("PK\x03\x04"), "This is a ZIP archive or a PyTorch file."],
    ["empty.onnx", Buffer.alloc(0), "The file is empty."],
  ] as const;
  for (const [name, content, sentence] of files) {
    await models.openFile(name, content);
    await expect(models.refusal).toContainText(`${name} was not opened. ${sentence}`);
    expect(await models.shownPasses()).toEqual(before);
  }
  await models.openFixture("refuse_truncated.onnx");
  await expect(models.refusal).toContainText("damaged or cut off");
  await models.openFixture("refuse_external_data.onnx");
  await expect(models.refusal).toContainText(/external|another file|beside/i);

  await models.readBytes();
  await models.openFixture("refuse_residual_add.onnx");
  await expect(models.refusal).toContainText(/^Refused .*\(\w+\): .* The model in use stays\.$/);
  await expect(models.inUse).toContainText("mobilenetv1-w4a4 (built in)");
  await expect(page.getByRole("heading", { name: "refuse_residual_add.onnx" })).toBeVisible();
});

test("an address is asked only when it is submitted; what goes wrong on the way is said", async ({
  models,
  askedFor,
  page,
}) => {
  const bytes = readFileSync(onnx(mobilenet));
  const asked: string[] = [];
  const server = await modelServer((response, path) => {
    asked.push(path);
    if (!path.startsWith("/closed")) response.setHeader("Access-Control-Allow-Origin", "*");
    if (path.startsWith("/missing")) response.writeHead(404).end();
    else if (path.startsWith("/page")) response.end("<!doctype html><title>Models</title>");
    else if (path.startsWith("/cut")) {
      response.setHeader("Content-Length", bytes.length);
      response.write(bytes.subarray(0, 5000), () => response.destroy());
    } else response.end(bytes);
  });
  askedFor.push(server.origin);
  try {
    await models.open();
    await page
      .getByRole("textbox", { name: "Address of an ONNX file" })
      .fill(`${server.origin}/open/net.onnx`);
    await page.getByRole("heading", { name: "Open a model" }).click();
    expect(asked).toEqual([]);

    const failures = [
      [`${server.origin}/missing.onnx`, "has no such file (status 404)"],
      [`${server.origin}/page`, "This is a web page, not a model."],
      [`${server.origin}/cut.onnx`, "broke off before its end"],
      [`${server.origin}/closed.onnx`, "does not let other pages read its files (it sends no CORS header)"],
      ["not an address", "This is no address of a file."],
    ] as const;
    for (const [address, sentence] of failures) {
      await models.openAddress(address);
      await expect(models.refusal).toContainText(sentence);
    }
    await models.openAddress(`${server.origin}/open/net.onnx`);
    await models.compiled();
    await expect(models.refusal).toHaveCount(0);
    expect(await models.shownPasses()).toEqual(await expectedPasses(mobilenet));
    await server.close();
    await models.openAddress(`${server.origin}/open/net.onnx`);
    await expect(models.refusal).toContainText("could not be reached. Check the address and the connection.");
  } finally {
    await server.close();
  }
});

test("a model dropped on the page is opened", async ({ models, page }) => {
  await models.open();
  const transfer = await page.evaluateHandle(
    (base64) => {
      const data = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      data.items.add(new File([bytes], "dropped.onnx"));
      return data;
    },
    readFileSync(onnx(mobilenet)).toString("base64"),
  );
  await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
  await models.compiled();
  await expect(page.getByRole("heading", { name: "dropped.onnx" })).toBeVisible();
});

test("the keyboard alone is enough", async ({ models, askedFor, page }) => {
  const server = await modelServer((response) => {
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.end(readFileSync(onnx(mobilenet)));
  });
  askedFor.push(server.origin);
  const tabTo = async (target: ReturnType<Page["getByRole"]>) => {
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press("Tab");
      const focused = await target.evaluate((element) => element.contains(document.activeElement));
      if (focused) return;
    }
    throw new Error("Tab does not lead there");
  };
  await models.open();
  await tabTo(page.getByRole("textbox", { name: "Address of an ONNX file" }));
  await page.keyboard.type(`${server.origin}/net.onnx`);
  await page.keyboard.press("Enter");
  await models.compiled();
  await server.close();

  const take = page.getByRole("button", { name: "Use it in all views" });
  await tabTo(take);
  await tabTo(models.passes);
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "As it was read" })).toBeVisible();
  await page.keyboard.press("]");
  await expect(page.getByRole("region", { name: "1. CheckSupportedOps" })).toBeVisible();
  await tabTo(models.nodes);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Operator", { exact: true })).toBeVisible();

  await tabTo(page.getByRole("button", { name: "Check every layer" }));
  await page.keyboard.press("Enter");
  await expect(page.getByText(/compared: 0 differ\.$/)).toBeVisible();
});

test("axe finds nothing, and it fits from phone to wide screen", async ({ models, page }) => {
  await models.open();
  await expectNoViolations(page);
  await models.openFixture(mobilenet);
  await models.compiled();
  await models.passes.getByRole("option", { name: /^FoldQuantWeights/ }).click();
  await models.nodes
    .getByRole("option", { name: /^Conv_0,|^\/.*Conv/ })
    .first()
    .click();
  await page.getByRole("button", { name: "Check every layer" }).click();
  await expect(page.getByText(/compared: 0 differ\.$/)).toBeVisible();
  await models.takeOpened();
  await models.openFile("notes.onnx", Buffer.from("just words"));
  await expect(models.refusal).not.toHaveCount(0);
  await expectNoViolations(page);
  await expectFitsAllWidths(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoViolations(page);
});
