import { afterEach, expect, test } from "vitest";
import { createEmulatorClient, type EmulatorClient } from "./emulator-client";

const scripted = (name: string) =>
  new Worker(new URL("./testing/scripted.worker.ts", import.meta.url), { type: "module", name });
const request = (part: string) => ({ manifestUrl: part, backend: "auto" as const });
const picture = new Blob(["a picture"]);

let client: EmulatorClient;
afterEach(() => client.dispose());

test("calls reach the worker and their values come back", async () => {
  client = createEmulatorClient(scripted);
  expect(await client.load(request("ok"))).toEqual({ name: "ok" });
  expect((await client.classify(picture)).notes).toEqual(["a picture", "ok"]);
});

test("a frame is handed over, an input copied", async () => {
  client = createEmulatorClient(scripted);
  await client.load(request("ok"));
  const size = { codedWidth: 4, codedHeight: 4 };
  const frame = new VideoFrame(new Uint8Array(64), { format: "RGBA", ...size, timestamp: 0 });
  expect((await client.prepare(frame)).notes).toEqual(["VideoFrame"]);
  // Closed here: the worker has it.
  expect(frame.format).toBeNull();
  const input = Uint8Array.of(1, 2, 255);
  expect((await client.run(input)).logits).toEqual(Int32Array.of(1, 2, 255));
  expect(input).toHaveLength(3);
});

test("an error keeps its code, sentence and details", async () => {
  client = createEmulatorClient(scripted);
  await expect(client.load(request("refuse"))).rejects.toMatchObject({
    name: "StreamscopeError",
    code: "bad-package",
    message: "Damaged.",
    details: { node: "MVAU_hls_3" },
  });
});

test.each(["die", "crash"])(
  "a worker that %ss during a call is reported, and the next load has a new one",
  async (part) => {
    client = createEmulatorClient(scripted);
    await expect(client.load(request(part))).rejects.toMatchObject({ code: "worker-lost" });
    await expect(client.classify(picture)).rejects.toMatchObject({ code: "worker-lost" });
    expect(await client.load(request("ok"))).toEqual({ name: "ok" });
  },
);

test("an abort settles the call at once and crosses into the worker", async () => {
  client = createEmulatorClient(scripted);
  await client.load(request("ok"));
  const controller = new AbortController();
  const call = client.load(request("hang"), { signal: controller.signal });
  // A moment later, so that the call is under way in the worker.
  setTimeout(() => controller.abort());
  await expect(call).rejects.toMatchObject({ code: "aborted" });
  expect((await client.classify(picture)).notes).toEqual(["a picture", "ok", "hang", "cancelled"]);
});

test("a call that is stopped before the worker listens never reaches it", async () => {
  client = createEmulatorClient(scripted);
  const controller = new AbortController();
  const call = client.load(request("hang"), { signal: controller.signal });
  controller.abort();
  await expect(call).rejects.toMatchObject({ code: "aborted" });
  await client.load(request("ok"));
  const { notes } = await client.classify(picture);
  expect(notes).toContain("ok");
  expect(notes).not.toContain("hang");
});

test("an aborted signal is not even sent", async () => {
  client = createEmulatorClient(scripted);
  const signal = AbortSignal.abort();
  await expect(client.load(request("ok"), { signal })).rejects.toMatchObject({ code: "aborted" });
});

test("disposing rejects what is under way", async () => {
  client = createEmulatorClient(scripted);
  const call = client.load(request("hang"));
  client.dispose();
  await expect(call).rejects.toMatchObject({ code: "aborted" });
});

test("a worker whose script is missing is reported, not waited for", async () => {
  client = createEmulatorClient((name) => new Worker("/no-such-script.js", { type: "module", name }));
  await expect(client.load(request("ok"))).rejects.toMatchObject({ code: "worker-lost" });
});
