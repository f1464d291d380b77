import { expectNoViolations } from "./support/axe";
import { ComparePage } from "./support/compare-page";
import { CameraPage, makeFilm, removeFilm, withFakeCamera } from "./support/fake-camera";
import { expectFits } from "./support/fits";
import { test as base, expect } from "./support/test";
import { V2Server } from "./support/v2-server";

const test = base.extend<{ compare: ComparePage; server: V2Server }>({
  compare: async ({ page }, use) => {
    await use(new ComparePage(page));
  },
  server: async ({ askedFor }, use) => {
    const server = await new V2Server().start();
    askedFor.push(server.origin);
    await use(server);
    await server.kill();
  },
});

test.use({ launchOptions: withFakeCamera });
test.beforeAll(() => makeFilm("panda.jpg", "tiger.jpg"));
test.afterAll(removeFilm);

test("a person adds an endpoint, compares a photo, looks at a mismatch, and exports", async ({
  compare,
  server,
  page,
}) => {
  const token = "not-for-anybody-else";
  server.script.token = token;
  server.script.answer = [0, 1, 2, 3, 4];
  await compare.open();
  await expect(compare.endpoints).toContainText(
    `streamscope-endpoint --backend emulator --allow-origin ${new URL(page.url()).origin}`,
  );
  await expectNoViolations(page);

  await compare.addEndpoint("fpga.example.com");
  await expect(compare.endpoints.getByRole("alert")).toContainText("must begin with http");
  await compare.addEndpoint(server.origin);
  await expect(compare.state(server.origin)).toHaveText("Cannot be used");
  await expect(compare.endpoints).toContainText("wants a token");
  await compare.addEndpoint(server.origin, token);
  await expect(compare.state(server.origin)).toHaveText("Ready");
  await expect(compare.endpoints).toContainText("Emulator, no hardware");

  // A wrong answer is a mismatch, kept with its picture.
  await expect(compare.sense("Same first")).toContainText("no");
  expect(await compare.classes("Endpoint, no scores")).toEqual([0, 1, 2, 3, 4]);
  const emulated = await compare.classes("Emulator, with logits");
  await expect(compare.mismatches.getByRole("listitem")).toContainText("another first class");
  const picture = await compare.saved(
    page.getByRole("button", { name: "Save the picture of frame 1" }).last(),
  );
  expect(picture.bytes.subarray(1, 4).toString()).toBe("PNG");

  // The right one agrees in every sense.
  server.script.answer = emulated;
  await page.getByRole("button", { name: "Compare again" }).click();
  for (const sense of ["Same first", "Same set", "Same order"] as const) {
    await expect(compare.sense(sense)).toContainText("yes");
  }
  await expect(compare.session).toContainText("1 of 2");
  for (const part of ["Network run", "On the way", "In the queue", "On the device"]) {
    await expect(compare.frame).toContainText(part);
  }
  await expect(compare.session.locator("canvas")).toBeVisible();

  for (const width of [360, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoViolations(page);
    await expectFits(page);
  }

  const json = await compare.saved(page.getByRole("button", { name: "Export JSON" }));
  const csv = await compare.saved(page.getByRole("button", { name: "Export CSV" }));
  const exported = JSON.parse(json.bytes.toString());
  expect(exported).toMatchObject({
    format: "streamscope-comparison",
    model: { name: "mobilenetv1-w4a4", checksum: expect.stringMatching(/^[0-9a-f]{64}$/) },
    endpoint: { address: server.origin, server: { name: "scripted-server", version: "9.9" } },
    counts: { compared: 2, sameFirst: 1, sameSet: 1, sameOrder: 1, unanswered: 0 },
  });
  const given = server.seen.flatMap(({ inputSha256 }) => inputSha256 ?? []);
  expect(exported.frames.map((frame: { inputSha256: string }) => frame.inputSha256)).toEqual(given);
  const lines = csv.bytes.toString().trimEnd().split("\r\n");
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain(given[0]);

  // The token goes into a header, and nowhere else.
  expect(server.seen.some(({ headers }) => headers.authorization === `Bearer ${token}`)).toBe(true);
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  const written = [json.bytes, csv.bytes, page.url(), stored, ...server.seen.map(({ url }) => url)];
  expect(written.join()).not.toContain(token);

  const differing = await compare.saved(page.getByRole("button", { name: "Export mismatches" }));
  expect(differing.bytes.toString().trimEnd().split("\r\n")).toHaveLength(2);
  await compare.mismatches.getByRole("button", { name: "Look at frame 1" }).click();
  await expect(compare.sense("Same first")).toContainText("no");
  await page.getByRole("button", { name: "Drop frame 1" }).click();
  await expect(compare.mismatches.getByRole("listitem")).toHaveCount(0);
});

test("an endpoint that a link names is asked nothing before the user's yes; one that dies comes back by itself", async ({
  compare,
  server,
  app,
}) => {
  await compare.open(`&sample=panda&endpoint=${encodeURIComponent(server.origin)}`);
  await expect(compare.state(server.origin)).toHaveText("Not asked yet");
  await expect(compare.status).toContainText("waits for your yes");
  await expect(compare.page).toHaveURL(/endpoint=http/);
  expect(server.seen).toEqual([]);

  await compare.endpoints.getByRole("button", { name: "Allow this endpoint" }).click();
  await expect(compare.frame).toContainText("Giant panda");
  expect(server.seen.length).toBeGreaterThan(0);

  await server.kill();
  await app.chooseSample("Tiger");
  await expect(compare.status).toContainText("The endpoint cannot be used now");
  await expect(compare.state(server.origin)).toHaveText("Cannot be used");
  await expect(compare.endpoints).toContainText("Nothing answers");
  await server.start();
  await expect(compare.state(server.origin)).toHaveText("Ready");
  await expect(compare.frame).toContainText("Tiger");
  await expect(compare.alert).toHaveCount(0);
});

test("the camera's frames are compared, replayed, and go on when the endpoint died or fell silent and is back", async ({
  compare,
  server,
  page,
}) => {
  const camera = new CameraPage(page);
  await page.context().grantPermissions(["camera"]);
  await compare.open(`&engine=ort`);
  await compare.addEndpoint(server.origin);
  await expect(compare.state(server.origin)).toHaveText("Ready");
  await page.getByRole("radio", { name: "Camera" }).click();
  await camera.button("Use the camera").click();
  await expect(camera.video).toBeVisible();
  await expect.poll(() => compare.compared()).toBeGreaterThan(3);
  await expect(compare.session.getByText("over the last")).toHaveCount(2);

  // Aligned, a silent endpoint does not stop the emulator.
  server.script.isSilent = true;
  await expect(compare.status).toContainText("the emulator goes on without waiting");
  await expect(compare.alert).toContainText("gave no full answer within 5 s");
  server.script.isSilent = false;
  await expect(compare.alert).toHaveCount(0);
  await expect(compare.status).toContainText("Comparing frame by frame");

  await page.keyboard.press(",");
  await expect(compare.status).toContainText(/^Looking at frame \d+/);
  const looked = await compare.status.textContent();
  await page.keyboard.press(",");
  await expect(compare.status).not.toHaveText(looked ?? "");
  await page.getByText(/^Align/).click();
  await expect(page.getByRole("switch", { name: /^Align/ })).not.toBeChecked();
  await page.getByRole("button", { name: "Resume" }).first().click();
  await expect(compare.status).toContainText("Comparing frame by frame");

  await server.kill();
  await expect(compare.status).toContainText("cannot be used");
  await expect(compare.alert).toContainText("The emulator goes on");
  const before = await compare.compared();
  await server.start();
  await expect.poll(() => compare.compared()).toBeGreaterThan(before);
  await expect(compare.alert).toHaveCount(0);
});
