import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { DataflowPage } from "./support/dataflow-page";
import { expect, test } from "./support/test";

/** Saves a picture of the page in one of its forms, and reads the file. */
async function save(
  page: Page,
  picture: string,
  type: "SVG" | "PNG",
): Promise<{ name: string; bytes: Buffer }> {
  await page.getByRole("button", { name: `Save picture: ${picture}` }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: new RegExp(`^${type}`) }).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** Shows a picture on a page where there is nothing else, and tells its size and how many colours it has. */
async function lookAt(page: Page, bytes: Buffer, type: string) {
  return page.evaluate(
    async ([base64, mime]) => {
      const image = new Image();
      image.src = `data:${mime};base64,${base64}`;
      await image.decode();
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
      const context = canvas.getContext("2d");
      context?.drawImage(image, 0, 0);
      const { data } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      const colors = new Set<string>();
      for (let i = 0; i < data.length; i += 4)
        colors.add(`${data[i]} ${data[i + 1]} ${data[i + 2]} ${data[i + 3]}`);
      return { width: canvas.width, height: canvas.height, colors: [...colors] };
    },
    [bytes.toString("base64"), type] as const,
  );
}

test("a figure is saved as an SVG that needs nothing else", async ({ context, page, folding }) => {
  await folding.open();
  const { name, bytes } = await save(page, "Cycles a frame", "SVG");
  expect(name).toBe("streamscope-cycles-a-frame-u250.svg");
  const text = bytes.toString("utf8");
  expect(text).not.toMatch(/ class=| style=|var\(|light-dark|https?:\/\/(?!www\.w3\.org)/);

  const elsewhere = await context.newPage();
  const said = await elsewhere.evaluate((source) => {
    const { documentElement: root } = new DOMParser().parseFromString(source, "image/svg+xml");
    return {
      root: root.nodeName,
      title: root.querySelector("title")?.textContent,
      description: root.querySelector("desc")?.textContent,
      text: [...root.querySelectorAll("text")].map((element) => element.textContent),
      bars: [...root.querySelectorAll("rect > title")].map((element) => element.textContent),
    };
  }, text);
  expect(said.root).toBe("svg");
  expect(said.title).toBe("Cycles a frame");
  expect(said.description).toMatch(/is the slowest/);
  expect(said.text).toContain("Cycles a frame, node by node");
  expect(said.bars).toHaveLength(await folding.rows().count());
  const { colors } = await lookAt(elsewhere, bytes, "image/svg+xml");
  expect(colors.length).toBeGreaterThan(10);
});

test("the PNG is the same picture, twice as sharp, in the colours of the theme", async ({
  context,
  page,
  folding,
}) => {
  await folding.open();
  const elsewhere = await context.newPage();
  const grounds: string[] = [];
  for (const colours of ["Light colours", "Dark colours"]) {
    await page.getByRole("radio", { name: colours }).click();
    const svg = await lookAt(elsewhere, (await save(page, "Cycles a frame", "SVG")).bytes, "image/svg+xml");
    const { name, bytes } = await save(page, "Cycles a frame", "PNG");
    expect(name).toBe("streamscope-cycles-a-frame-u250.png");
    const png = await lookAt(elsewhere, bytes, "image/png");
    expect([png.width, png.height]).toEqual([2 * svg.width, 2 * svg.height]);
    expect(png.colors.length).toBeGreaterThan(10);
    expect(png.colors[0], "the ground").toBe(svg.colors[0]);
    grounds.push(png.colors[0] ?? "");
  }
  expect(grounds).toEqual(["243 243 239 255", "15 18 20 255"]);
});

test("the pictures of Classify can be saved too", async ({ app, page, context }) => {
  await app.open();
  const elsewhere = await context.newPage();
  for (const picture of ["Logits", "Pipeline"]) {
    const { name, bytes } = await save(page, picture, "PNG");
    expect(name).toBe(`streamscope-${picture.toLowerCase()}.png`);
    expect((await lookAt(elsewhere, bytes, "image/png")).colors.length).toBeGreaterThan(5);
  }
});

test("the Dataflow map is drawn anew for its file, and says there what it shows", async ({
  page,
  context,
}, testInfo) => {
  const view = new DataflowPage(page);
  await view.open("&cycle=123456");
  const { name, bytes } = await save(page, "Dataflow map", "SVG");
  expect(name).toBe("streamscope-dataflow-map-u250.svg");
  const elsewhere = await context.newPage();
  const said = await elsewhere.evaluate((source) => {
    const { documentElement: root } = new DOMParser().parseFromString(source, "image/svg+xml");
    return {
      text: [...root.querySelectorAll("text")].map((element) => element.textContent).join(" "),
      width: Number(root.getAttribute("width")),
      height: Number(root.getAttribute("height")),
      // Each sign of the legend is a drawing; the map is a picture of twice as many pixels as it is wide.
      drawings: root.querySelectorAll("svg").length,
      map: root.querySelector("image")?.getAttribute("href")?.slice(0, 15),
    };
  }, bytes.toString("utf8"));
  expect(said.map).toBe("data:image/png;");
  for (const words of ["busy", "starved", "blocked", "LIMIT: the bottleneck", "FIFO and how full it is"])
    expect(said.text).toContain(words);
  expect(said.drawings).toBe(await page.getByRole("list", { name: "Legend" }).getByRole("listitem").count());
  expect(said.text).toMatch(
    /Board U250, FINN’s folding\. Cycle 123,456 of [\d,]+, [\d.]+ ms after the start\./,
  );
  expect(said.text).not.toContain("Fit");

  const saved = await save(page, "Dataflow map", "PNG");
  await testInfo.attach("map", { body: saved.bytes, contentType: "image/png" });
  const png = await lookAt(elsewhere, saved.bytes, "image/png");
  expect([png.width, png.height]).toEqual([2 * said.width, 2 * said.height]);
  expect(png.colors.length).toBeGreaterThan(50);
});
