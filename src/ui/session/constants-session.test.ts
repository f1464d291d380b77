import { beforeEach, expect, test } from "vitest";
import { int } from "../../graph/datatype";
import { StreamscopeError } from "../../graph/errors";
import type { NodeConstants } from "../../workers/hardware-api";
import type { HardwareClient } from "../../workers/hardware-client";
import { constantsOf } from "../state/constants-slice";
import { type AppStore, createAppStore } from "../state/store";
import { fakeModel } from "../testing/fake-emulator";
import { createConstantsSession } from "./constants-session";

const key = { node: "VVAU_hls_0", board: "U250" } as const;
const held: NodeConstants = {
  weights: { shape: [1, 2], datatype: int(4), data: new Int8Array([3, -8]) },
  thresholds: null,
  actVal: 0,
  parameters: null,
};

let store: AppStore;
/** What the worker says in turn; the last one again and again. */
let answers: (NodeConstants | StreamscopeError)[];
let asked: string[];

beforeEach(() => {
  store = createAppStore();
  store.getState().setModel({ phase: "ready", model: fakeModel() });
  answers = [held];
  asked = [];
});

const session = () =>
  createConstantsSession({ client: client as HardwareClient, store, manifestUrl: "https://example.org/m" });

const client: Pick<HardwareClient, "load" | "constants"> = {
  async load() {
    asked.push("load");
    return { name: "tiny", checksum: "0", fromStore: true };
  },
  async constants({ node }) {
    asked.push(node);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (!answer || answer instanceof StreamscopeError) throw answer;
    return answer;
  },
};

test("a node's constants are fetched once, however often they are asked for", async () => {
  const { fetch } = session();
  const first = fetch(key);
  expect(constantsOf(store.getState(), key)).toEqual({ phase: "running" });
  await Promise.all([first, fetch(key)]);
  await fetch(key);
  expect(asked).toEqual(["load", "VVAU_hls_0"]);
  expect(constantsOf(store.getState(), key)).toEqual({ phase: "done", constants: held });
  expect(constantsOf(store.getState(), { ...key, board: "ZCU104" })).toBeNull();
});

test("another model's constants are not shown", async () => {
  await session().fetch(key);
  store.getState().setModel({ phase: "ready", model: fakeModel({ checksum: "f".repeat(64) }) });
  expect(constantsOf(store.getState(), key)).toBeNull();
});

test("a worker that was lost is started again, once", async () => {
  const lost = new StreamscopeError("worker-lost", "The hardware model stopped unexpectedly.");
  answers = [lost, held];
  await session().fetch(key);
  expect(asked).toEqual(["load", "VVAU_hls_0", "load", "VVAU_hls_0"]);
  expect(constantsOf(store.getState(), key)?.phase).toBe("done");
});

test("a failure is kept with its node, and asking again tries again", async () => {
  answers = [new StreamscopeError("bad-input", "The network has no node VVAU_hls_0."), held];
  const { fetch } = session();
  await fetch(key);
  expect(constantsOf(store.getState(), key)).toMatchObject({
    phase: "failed",
    failure: { message: "The network has no node VVAU_hls_0." },
  });
  await fetch(key);
  expect(constantsOf(store.getState(), key)?.phase).toBe("done");
});

test("without a model there is nothing to ask for", async () => {
  store = createAppStore();
  await session().fetch(key);
  expect(asked).toEqual([]);
});
