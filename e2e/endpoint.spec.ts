import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { ComparePage } from "./support/compare-page";
import { EndpointProcess } from "./support/endpoint-process";
import { CameraPage, makeFilm, removeFilm, withFakeCamera } from "./support/fake-camera";
import { samplePhoto } from "./support/files";
import { SetsPage } from "./support/sets-page";
import { test as base, expect } from "./support/test";

/** The whole path: the built app, the endpoint as people start it, on an origin of its own. */
const test = base.extend<{ endpoints: readonly EndpointProcess[] }>({
  endpoints: async ({ baseURL, askedFor }, use) => {
    const { origin } = new URL(baseURL ?? "");
    const endpoints = [new EndpointProcess(origin), new EndpointProcess(origin)];
    try {
      await Promise.all(endpoints.map((endpoint) => endpoint.start()));
      askedFor.push(...endpoints.map(({ address }) => address));
      await use(endpoints);
    } finally {
      await Promise.all(endpoints.map((endpoint) => endpoint.kill()));
    }
  },
});

test.use({ launchOptions: withFakeCamera });
test.beforeAll(() => makeFilm("panda.jpg", "tiger.jpg"));
test.afterAll(removeFilm);

/** What is looked at of the files that the app saves. */
interface SavedComparison {
  readonly endpoint: { readonly model: { readonly platform: string } };
  readonly frames: readonly {
    readonly emulator: { readonly top: readonly { readonly index: number }[] };
    readonly endpoint: { readonly top: readonly number[] };
  }[];
}

interface SavedRun {
  readonly files: readonly {
    readonly emulator: { readonly top: readonly number[] };
    readonly endpoint: { readonly top: readonly number[]; readonly address: string };
  }[];
}

test("every frame of the camera has the same five classes on both sides, also after the endpoint was killed", async ({
  endpoints: [endpoint],
  page,
}) => {
  if (!endpoint) throw new Error("no endpoint");
  const compare = new ComparePage(page);
  const camera = new CameraPage(page);
  await page.context().grantPermissions(["camera"]);
  await compare.open("");
  await compare.addEndpoint(endpoint.address);
  await expect(compare.state(endpoint.address)).toHaveText("Ready");
  await expect(compare.endpoints).toContainText("Emulator, no hardware");
  await page.getByRole("radio", { name: "Camera" }).click();
  await camera.button("Use the camera").click();
  await expect.poll(() => compare.compared()).toBeGreaterThan(4);

  await endpoint.kill();
  await expect(compare.alert).toContainText("The emulator goes on");
  await endpoint.start();
  const before = await compare.compared();
  await expect.poll(() => compare.compared()).toBeGreaterThan(before + 2);
  await expect(compare.alert).toHaveCount(0);

  const { bytes } = await compare.saved(page.getByRole("button", { name: "Export JSON" }));
  const { endpoint: told, frames }: SavedComparison = JSON.parse(bytes.toString());
  expect(told.model.platform).toContain("no hardware");
  expect(frames.length).toBeGreaterThan(6);
  for (const { emulator, endpoint: answer } of frames) {
    expect(answer.top).toEqual(emulator.top.map(({ index }) => index));
  }
});

test("two endpoints share a set, and their answers are the emulator's for every picture", async ({
  endpoints,
  page,
}) => {
  const sets = new SetsPage(page);
  await sets.open();
  await sets.drop(dirname(samplePhoto("panda.jpg")));
  for (const { address } of endpoints) {
    const add = sets.start.getByText(/^Add an/);
    if (!(await sets.start.getByLabel("Address of an endpoint").isVisible())) await add.click();
    await sets.start.getByLabel("Address of an endpoint").fill(address);
    await sets.start.getByRole("button", { name: "Add", exact: true }).click();
  }
  await sets.start.getByRole("spinbutton", { name: "Most images a request" }).fill("3");
  await sets.button("Run").click();
  // The samples and their small pictures.
  const pictures = 2 * JSON.parse(readFileSync(samplePhoto("samples.json"), "utf8")).length;
  await sets.stands("Done", `${pictures} of ${pictures} pictures`);
  const { files }: SavedRun = JSON.parse(await sets.saved("Save JSON"));
  expect(files).toHaveLength(pictures);
  for (const { emulator, endpoint } of files) expect(endpoint.top).toEqual(emulator.top);
  expect(new Set(files.map(({ endpoint }) => endpoint.address))).toEqual(
    new Set(endpoints.map(({ address }) => address)),
  );
});
