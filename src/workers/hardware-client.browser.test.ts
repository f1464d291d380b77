import { afterEach, expect, test } from "vitest";
import { mobilenetFoldings } from "../hardware/presets";
import { createHardwareClient, type HardwareClient } from "./hardware-client";

const manifestUrl = new URL("/models/mobilenetv1-w4a4/manifest.json", location.href).href;
const request = { board: "U250", config: mobilenetFoldings.U250() } as const;

let client: HardwareClient;
afterEach(() => client.dispose());

test("a simulation crosses the border with its trace, and tells how far it is", async () => {
  client = createHardwareClient();
  await client.load({ manifestUrl });
  const shares: number[] = [];
  const simulation = await client.simulate(
    { ...request, frames: 1, trace: { resolution: 10_000 } },
    { onProgress: (share) => shares.push(share) },
  );
  expect(simulation.frames).toHaveLength(1);
  const { bins = 0, streams = [] } = simulation.trace ?? {};
  expect(streams).toHaveLength(simulation.streams.length);
  // All beats of the frame have gone in at the last edge of the last bin.
  expect(streams.map(({ written }) => written[bins])).toEqual(simulation.streams.map(({ beats }) => beats));
  expect(shares.at(-1)).toBe(1);
});

test("a stopped simulation settles at once, and the worker goes on", async () => {
  client = createHardwareClient();
  await client.load({ manifestUrl });
  const controller = new AbortController();
  const running = client.simulate({ ...request, frames: 100 }, { signal: controller.signal });
  setTimeout(() => controller.abort(), 50);
  await expect(running).rejects.toMatchObject({ code: "aborted" });
  expect((await client.fold(request)).nodes).toHaveLength(59);
});

test("a refused folding keeps its code, sentence and node across the border", async () => {
  client = createHardwareClient();
  await client.load({ manifestUrl });
  const nodes = new Map([["MVAU_hls_3", { PE: 7 }]]);
  await expect(client.fold({ board: "U250", config: { defaults: new Map(), nodes } })).rejects.toMatchObject({
    code: "bad-input",
    details: { node: "MVAU_hls_3" },
  });
});

test("before anything is loaded there is no worker to ask", async () => {
  client = createHardwareClient(() => {
    throw new Error("a worker was started");
  });
  await expect(client.fold(request)).rejects.toMatchObject({ code: "worker-lost" });
});
