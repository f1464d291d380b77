import { expect, test } from "vitest";
import { StreamscopeError } from "../../graph/errors";
import { mobilenetFoldings } from "../../hardware/presets";
import type { FoldedDesign } from "../state/folding-slice";
import { createAppStore } from "../state/store";
import { hardwareInPage } from "../testing/hardware-in-page";
import { createLensSession } from "./lens-session";

async function setUp() {
  const client = hardwareInPage();
  await client.load({ manifestUrl: "package" });
  const config = mobilenetFoldings.U250();
  const report = await client.fold({ board: "U250", config });
  const design: FoldedDesign = { board: "U250", config, report };
  return { client, design, store: createAppStore() };
}

test("nodes come with their weights and folding, and the newest wish wins", async () => {
  const { client, design, store } = await setUp();
  const session = createLensSession({ client, store, manifestUrl: "package" });
  await Promise.all([
    session.look(design, ["MVAU_hls_3"]),
    session.look(design, ["VVAU_hls_0", "MVAU_hls_1"]),
  ]);
  const [vvau, mvau] = store.getState().lensNodes?.nodes ?? [];
  expect(vvau).toMatchObject({
    kind: "VVAU",
    folding: { PE: 32 },
    node: { name: "VVAU_hls_0", channels: 32 },
  });
  expect(mvau).toMatchObject({ kind: "MVAU", node: { weights: { shape: [64, 32] } } });
  expect(store.getState().lensNodes?.design).toBe(design);
});

test("what fails is told in a sentence; a lost worker is asked once more", async () => {
  const { client, design, store } = await setUp();
  let lost = 1;
  const shaky = {
    ...client,
    nodes: (...args: Parameters<typeof client.nodes>) =>
      lost-- > 0
        ? Promise.reject(new StreamscopeError("worker-lost", "The worker stopped."))
        : client.nodes(...args),
  };
  const session = createLensSession({ client: shaky, store, manifestUrl: "package" });
  await session.look(design, ["VVAU_hls_0"]);
  expect(store.getState().lensNodes?.nodes).toHaveLength(1);
  await session.look(design, ["VVAU_hls_99"]);
  expect(store.getState().lensFailure).toContain("VVAU_hls_99");
  await session.look(design, ["VVAU_hls_0"]);
  expect(store.getState().lensFailure).toBeNull();
});
