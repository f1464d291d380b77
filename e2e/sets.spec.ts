import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expectNoViolations } from "./support/axe";
import { samplePhoto } from "./support/files";
import { expectFits } from "./support/fits";
import { bestClass } from "./support/sample-tops";
import { SetsPage } from "./support/sets-page";
import { expect, test } from "./support/test";
import { takePictures } from "./support/themes";
import { V2Server } from "./support/v2-server";

/** Samples in folders of classes: two by name, one by index, one with a wrong label. The last one is held. */
const photos = {
  "309/bee.jpg": "bee",
  "9/dog.jpg": "dog",
  "giant panda/panda.jpg": "panda",
  "tiger/tiger.jpg": "tiger",
};
const held = "tiger.jpg";

/** What the network sees in one of them; null for another file. */
const bestOf = (path: string) =>
  path in photos ? bestClass(`${photos[path as keyof typeof photos]}.jpg`) : null;

interface SavedRun {
  readonly model: { readonly checksum: string };
  readonly tally: { readonly emulator: Record<"answered" | "labelled" | "top1" | "top5", number> };
  readonly files: readonly {
    readonly path: string;
    readonly status: string;
    readonly label: number | null;
    readonly inputCrc32: string | null;
    readonly emulator: { readonly top: number[]; readonly logits: number[] } | null;
    readonly endpoint: { readonly top: number[] } | null;
  }[];
}

test("a folder runs, is paused, survives a reload, goes on, and says what Classify says", async ({
  app,
  page,
}) => {
  // The browser's own choice of a folder cannot be handled by a test: it gives a folder of the site's private
  // files, which is as real a handle. One file cannot be opened before the reload, so that the run is in its midst.
  await page.addInitScript((name) => {
    const { getFile } = FileSystemFileHandle.prototype;
    FileSystemFileHandle.prototype.getFile = function (this: FileSystemFileHandle) {
      const isHeld = this.name === name && sessionStorage.getItem("released") === null;
      return isHeld ? new Promise<File>(() => {}) : getFile.call(this);
    };
    const showDirectoryPicker = async () =>
      (await navigator.storage.getDirectory()).getDirectoryHandle("photos");
    Object.assign(window, { showDirectoryPicker });
  }, held);
  const sets = new SetsPage(page);
  await sets.open();
  await page.evaluate(async (samples) => {
    const root = await (await navigator.storage.getDirectory()).getDirectoryHandle("photos", {
      create: true,
    });
    const write = async (path: string, content: Blob | string) => {
      const [name = "", folder] = path.split("/").toReversed();
      const into = folder ? await root.getDirectoryHandle(folder, { create: true }) : root;
      const stream = await (await into.getFileHandle(name, { create: true })).createWritable();
      await stream.write(content);
      await stream.close();
    };
    for (const [path, sample] of Object.entries(samples)) {
      await write(path, await (await fetch(`samples/${sample}.jpg`)).blob());
    }
    await write("9/broken.jpg", "no picture");
    await write("read.me", "no picture either");
  }, photos);

  await sets.button("Choose a folder").click();
  await expect(sets.fact("Pictures")).toHaveText("5");
  await expect(sets.fact("Other files")).toHaveText("1, passed over");
  await expect(sets.labels).toContainText(
    "5 of 5 pictures have a label: 2 folders by the class’s index, 2 folders by its name.",
  );
  await sets.button("Run").click();
  await sets.stands("Running", "4 of 5 pictures");
  await sets.button("Pause").click();
  await sets.stands("Paused", "4 of 5 pictures");

  await page.evaluate(() => sessionStorage.setItem("released", "yes"));
  await page.reload();
  await sets.stands("Paused", "4 of 5 pictures");
  await sets.button("Resume").click();
  await sets.stands("Done", "5 of 5 pictures");

  await sets.show("Broken, gone or failed");
  await expect(sets.files.getByRole("listitem")).toHaveText(
    /9\/broken\.jpg.*This file holds text, not a picture/,
  );
  await expect(sets.results).toContainText(
    "1 broken, 0 gone, 0 failed (1 of them with a label), 1 file that is no picture",
  );

  const run: SavedRun = JSON.parse(await sets.saved("Save JSON"));
  const answered = run.files.flatMap(({ emulator, label }) =>
    emulator ? [{ ...emulator, label: label ?? -1 }] : [],
  );
  const top1 = answered.filter(({ top, label }) => top[0] === label).length;
  const top5 = answered.filter(({ top, label }) => top.includes(label)).length;
  expect(run.tally.emulator).toEqual({ answered: 4, labelled: 4, top1, top5 });
  expect(top1).toBe(run.files.filter(({ path, label }) => bestOf(path)?.index === label).length);
  await expect(sets.results.getByRole("row", { name: /^Emulator/ })).toContainText(`${(top1 / 4) * 100}.0 %`);
  expect(run.model.checksum).toMatch(/^[0-9a-f]{64}$/);
  const csv = await sets.saved("Save CSV");
  for (const { path, inputCrc32 } of run.files) {
    expect(csv.split("\r\n").find((line) => line.startsWith(path))).toContain(inputCrc32 ?? "broken");
  }

  await sets.show("All files");
  await expectNoViolations(page);
  for (const width of [360, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expectFits(page);
    await takePictures(page, `${width}`);
  }

  for (const path of ["9/dog.jpg", "tiger/tiger.jpg"]) {
    await sets.button(`Open ${path} in Classify`).click();
    const shown = await app.topOf(path.split("/")[1] ?? "");
    const file = run.files.find((each) => each.path === path);
    expect(shown.map(({ index }) => index)).toEqual(file?.emulator?.top);
    expect(shown.map(({ logit }) => logit)).toEqual(file?.emulator?.logits);
    await page.getByRole("link", { name: "Sets", exact: true }).click();
  }
});

test("emulator and endpoint side by side: a dropped folder, an endpoint that dies and comes back", async ({
  page,
  askedFor,
}, testInfo) => {
  const folder = testInfo.outputPath("mine");
  for (const [path, sample] of Object.entries(photos)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    copyFileSync(samplePhoto(`${sample}.jpg`), join(folder, path));
  }
  writeFileSync(join(folder, "val.txt"), "tiger.jpg 292\nbee.jpg bee\ngone.jpg 1\n");
  const server = await new V2Server().start();
  try {
    askedFor.push(server.origin);
    // 292 is the tiger: the scripted server sees one everywhere.
    const tiger = 292;
    server.script.answer = [tiger, 282, 340, 290, 286];
    const sets = new SetsPage(page);
    await sets.open();
    await sets.drop(folder);
    await expect(sets.fact("Pictures")).toHaveText("4");
    await sets.labels.getByRole("combobox").selectOption("The list val.txt");
    await expect(sets.labels).toContainText("1 entry of the list without a file: gone.jpg");
    await expect(sets.labels).toContainText("2 pictures not in the list: 9/dog.jpg, giant panda/panda.jpg");

    await sets.start.getByText("Add an endpoint").click();
    await sets.start.getByLabel("Address of an endpoint").fill(server.origin);
    await sets.start.getByRole("button", { name: "Add", exact: true }).click();
    await sets.start.getByRole("spinbutton", { name: "Most images a request" }).fill("1");
    await server.kill();
    await sets.button("Run").click();
    await expect(sets.run).toContainText("No endpoint works at the moment. The run waits");
    await server.start();
    await sets.stands("Done", "4 of 4 pictures");

    await expect(sets.results.getByRole("row", { name: /^Endpoint/ })).toContainText("50.0 %");
    const right = [bestClass("tiger.jpg").index === tiger, bestClass("bee.jpg").label === "bee"];
    const share = `${50 * right.filter(Boolean).length}.0 %`;
    await expect(sets.results.getByRole("row", { name: /^Emulator/ })).toContainText(share);
    await sets.show("The first classes differ");
    const others = Object.keys(photos).filter((path) => bestOf(path)?.index !== tiger);
    await expect(sets.files.getByRole("listitem")).toHaveCount(others.length);
    const run: SavedRun = JSON.parse(await sets.saved("Save JSON"));
    expect(run.files.map(({ endpoint }) => endpoint?.top)).toEqual(Array(4).fill(server.script.answer));
    await page.setViewportSize({ width: 360, height: 740 });
    await expectFits(page);
    await expectNoViolations(page);
    await takePictures(page, "both-360");
  } finally {
    await server.kill();
  }
});
