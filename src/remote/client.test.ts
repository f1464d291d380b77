import type { RequestListener } from "node:http";
import { describe, expect, test } from "vitest";
import { createRemoteClient } from "./client";
import { smallImage, smallModel, topOf } from "./testing/small-model";
import { type Changes, json, serveV2 } from "./testing/v2-server";

const client = createRemoteClient();
const at = (address: string, token: string | null = null) => ({ address, token });
const modelPath = `/v2/models/${smallModel.name}`;

const refused = (fault: string, sentence: RegExp) => ({
  code: "endpoint",
  message: expect.stringMatching(sentence),
  details: expect.objectContaining({ fault }),
});

/** Health and metadata, then an inference of these images. */
async function run(changes: Changes, images: Uint8Array[] = [smallImage(3)]) {
  const { address, seen } = await serveV2(changes);
  const info = await client.check(at(address), smallModel);
  return { result: await client.infer(at(address), info, images), info, seen };
}

describe("an endpoint that does all right", () => {
  test.each([true, false])("is checked and asked, binary: %s", async (binary) => {
    const { result, info, seen } = await run({ binary }, [smallImage(3), smallImage(90), smallImage(250)]);
    expect(result.top).toEqual([topOf(3), topOf(90), topOf(250)]);
    expect(result.timeMs).toMatchObject({ queue: 1.5, device: 0.75 });
    expect(result.parameters).toEqual({ queue_ms: 1.5, device_ms: 0.75, backend: "test" });
    expect(info).toMatchObject({
      binary,
      server: { name: "test" },
      model: { platform: "test", classes: 1000 },
    });
    expect(seen.at(-1)?.headers["inference-header-content-length"] !== undefined).toBe(binary);
  });

  test.each([true, false])("may answer in the other form, binary asked: %s", async (binary) => {
    const { result } = await run({ binary, replyBinary: !binary });
    expect(result.top).toEqual([topOf(3)]);
  });

  test("need not say how long it took", async () => {
    const { result } = await run({ reply: (reply) => delete reply.parameters });
    expect(result.timeMs).toMatchObject({ queue: null, device: null });
    expect(result.parameters).toEqual({});
  });

  test("times that are none are not shown as times", async () => {
    const { result } = await run({
      reply: (reply) => {
        reply.parameters = { queue_ms: "1.5", device_ms: -1 };
      },
    });
    expect(result.timeMs).toMatchObject({ queue: null, device: null });
  });

  test("may leave out what is optional in its metadata", async () => {
    const { info } = await run({
      server: { name: undefined, version: null, extensions: undefined },
      model: { versions: null, platform: undefined },
    });
    expect(info.server).toEqual({ name: "", version: "", extensions: [] });
    expect(info.model).toMatchObject({ versions: [], platform: "" });
  });

  test("with a fixed batch gets a full one; the answers beyond ours are dropped", async () => {
    const model = {
      inputs: [{ name: "image", datatype: "UINT8", shape: [4, 2, 2, 3] }],
      outputs: [{ name: "top", datatype: "INT32", shape: [4, 5] }],
    };
    const images = [smallImage(7), smallImage(9)];
    const { result } = await run({ binary: true, model }, images);
    expect(result.top).toEqual([topOf(7), topOf(9)]);
    const five = Array.from({ length: 5 }, () => smallImage(1));
    await expect(run({ model }, five)).rejects.toMatchObject({ code: "bad-input" });
  });

  test("is asked for nothing that it cannot take", async () => {
    await expect(run({}, [new Uint8Array(11)])).rejects.toMatchObject({ code: "bad-input" });
    await expect(run({}, [])).rejects.toMatchObject({ code: "bad-input" });
  });

  test("gets the token with every request", async () => {
    const { address, seen } = await serveV2();
    const info = await client.check(at(address, "s3cret"), smallModel);
    await client.infer(at(address, "s3cret"), info, [smallImage(1)]);
    expect(seen.map(({ headers }) => headers.authorization)).toEqual(Array(5).fill("Bearer s3cret"));
  });
});

/** A listener that answers with this status and body. */
const answers =
  (status: number, body: string | object): RequestListener =>
  (_request, response) => {
    response.writeHead(status);
    if (typeof body === "string") response.end(body);
    else json(response, body);
  };

describe("health and metadata", () => {
  const page = "<!doctype html><title>Welcome</title>";
  const check = async (changes: Changes) => client.check(at((await serveV2(changes)).address), smallModel);
  const instead = (path: string, status: number, body: string | object = "") =>
    check({ instead: { [path]: answers(status, body) } });

  test.each([400, 425, 503])("a server that is not ready (%i)", async (status) => {
    await expect(instead("/v2/health/ready", status)).rejects.toMatchObject(
      refused("not-ready", /the server is not ready\. Wait/),
    );
  });

  test.each([400, 503])("a model that is not ready (%i)", async (status) => {
    await expect(instead(`${modelPath}/ready`, status, { error: "loading" })).rejects.toMatchObject(
      refused("not-ready", /model “mobilenet-v1” is not ready.*“loading”/),
    );
  });

  test("a model that is loading has no metadata yet", async () => {
    const unavailable = "Request for unknown model: 'mobilenet-v1' has no available versions";
    const instead = {
      [modelPath]: answers(400, { error: unavailable }),
      [`${modelPath}/ready`]: answers(400, ""),
    };
    await expect(check({ instead })).rejects.toMatchObject(refused("not-ready", /is not ready\. Wait/));
  });

  test("a model that is loading is not judged by what its metadata says so far", async () => {
    const instead = { [`${modelPath}/ready`]: answers(503, "") };
    await expect(check({ model: { inputs: [] }, instead })).rejects.toMatchObject(
      refused("not-ready", /is not ready/),
    );
  });

  test.each([
    [401, "", "unauthorized", /wants a token/],
    [403, { error: "not from this origin" }, "forbidden", /status 403.*“not from this origin”/],
    [404, "", "server-error", /no server of the Open Inference Protocol/],
    [429, "", "overloaded", /status 429/],
    [500, page, "server-error", /failed \(status 500\)\. Look at the endpoint's log\.$/],
    [502, page, "server-error", /A proxy answers/],
  ] as const)("a server that answers %i", async (status, body, fault, sentence) => {
    await expect(instead("/v2/health/ready", status, body)).rejects.toMatchObject(refused(fault, sentence));
  });

  test("a wrong token is told from a missing one", async () => {
    const { address } = await serveV2({ instead: { "/v2/health/ready": answers(401, "") } });
    await expect(client.check(at(address, "wrong"), smallModel)).rejects.toMatchObject(
      refused("unauthorized", /does not accept this token/),
    );
  });

  test.each([
    [404, { error: "Model with name mobilenet-v1 does not exist." }],
    [400, { error: "Request for unknown model: 'mobilenet-v1' is not found" }],
  ])("a server without the model (%i)", async (status, body) => {
    // Triton says no more than "not ready" of it, without a word.
    const changes = { [modelPath]: answers(status, body), [`${modelPath}/ready`]: answers(400, "") };
    await expect(check({ instead: changes })).rejects.toMatchObject(
      refused("wrong-model", /no model named “mobilenet-v1”\. Start the endpoint with/),
    );
  });

  test("another network of the same name", async () => {
    const inputs = [{ name: "x", datatype: "FP32", shape: [-1, 3, 224, 224] }];
    await expect(check({ model: { inputs } })).rejects.toMatchObject(
      refused("wrong-model", /takes “x” FP32 \[-1,3,224,224\]\. Needed: one input UINT8 \[-1,2,2,3\]/),
    );
  });

  test.each(["/v2", modelPath])("a web page in place of %s", async (path) => {
    await expect(instead(path, 200, page)).rejects.toMatchObject(refused("bad-reply", /web page \(HTML\)/));
  });

  test.each([
    ["", /empty/],
    ['{"name": "mobi', /no whole JSON/],
    ["[]", /“name” is missing/],
    ["7", /“all” is 7, not Object/],
    [{ name: smallModel.name, inputs: [] }, /“outputs” is missing/],
  ])("metadata that is %j", async (body, sentence) => {
    await expect(instead(modelPath, 200, body)).rejects.toMatchObject(refused("bad-reply", sentence));
  });

  test("metadata without end", async () => {
    await expect(instead(modelPath, 200, " ".repeat(300_000))).rejects.toMatchObject(
      refused("bad-reply", /longer than/),
    );
  });
});

describe("inference", () => {
  const inferPath = `${modelPath}/infer`;
  const instead = (status: number, body: string | object) =>
    run({ instead: { [inferPath]: answers(status, body) } });

  test.each([
    [401, "unauthorized", /token/],
    [403, "forbidden", /status 403/],
    [404, "wrong-model", /no model named/],
    [413, "too-large", /fewer images at once/],
    [429, "overloaded", /status 429/],
    [503, "overloaded", /status 503/],
    [400, "server-error", /refused the request \(status 400\)/],
  ])("a refusal with status %i, in the server's words", async (status, fault, sentence) => {
    await expect(instead(status, { error: "because" })).rejects.toMatchObject(refused(fault, sentence));
    await expect(instead(status, { error: "because" })).rejects.toThrow(/It says: “because”$/);
  });

  test("a web page in place of an error", async () => {
    await expect(instead(500, "<html>oops</html>")).rejects.toMatchObject(refused("server-error", /log\.$/));
  });

  test.each([
    ["<html>hello</html>", /web page/],
    ['{"id": "', /no whole JSON/],
    ["x".repeat(100_000), /longer than/],
    ["\u0001\ud800", /no whole JSON|neither JSON/],
  ])("a reply that is %.20s", async (body, sentence) => {
    await expect(instead(200, body)).rejects.toMatchObject(refused("bad-reply", sentence));
  });

  test.each([true, false])("the answer to another request, binary: %s", async (binary) => {
    const reply = (body: Record<string, unknown>) => {
      body.id = "an earlier one";
    };
    await expect(run({ binary, reply })).rejects.toMatchObject(refused("bad-reply", /another request/));
  });

  test("an answer for fewer images than were sent", async () => {
    const { address } = await serveV2({
      reply: (body) => {
        body.outputs = [{ name: "top", datatype: "INT32", shape: [1, 5], data: topOf(1) }];
      },
    });
    const info = await client.check(at(address), smallModel);
    await expect(client.infer(at(address), info, [smallImage(1), smallImage(2)])).rejects.toMatchObject(
      refused("bad-reply", /\[1,5\], not \[2,5\]/),
    );
  });

  test("answers of many at once are not mixed up", async () => {
    const { address } = await serveV2({ binary: true });
    const info = await client.check(at(address), smallModel);
    const firsts = Array.from({ length: 32 }, (_, i) => 7 * i);
    const results = await Promise.all(
      firsts.map((first) => client.infer(at(address), info, [smallImage(first)])),
    );
    expect(results.map(({ top }) => top[0])).toEqual(firsts.map(topOf));
  });
});
