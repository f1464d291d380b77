import { environmentManager, QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { StreamscopeError } from "../../graph/errors";
import { testInfo } from "../compare/model/testing/frames";
import { createAppStore } from "../state/store";
import { fakeModel } from "../testing/fake-emulator";
import { FakeRemote } from "../testing/fake-remote";
import { endpointInfoQuery, modelNeeds, toEndpointFailure } from "./endpoint-queries";

beforeEach(() => {
  vi.useFakeTimers();
  // Here is no window, and a query would not ask again by itself.
  environmentManager.setIsServer(() => false);
});
afterEach(() => {
  vi.useRealTimers();
  environmentManager.setIsServer(() => true);
});

const needs = { name: "tiny", inputShape: [1, 4, 4, 3], classes: 10 };

/** A store with one endpoint, and a look at what is known of it. */
function setUp(allowed: boolean) {
  const store = createAppStore();
  const remote = new FakeRemote();
  const queries = new QueryClient();
  store.getState().setEndpoint({ address: "http://card:8000", token: "one" }, allowed);
  const query = () => endpointInfoQuery(remote, store.getState().endpoints[0]!, needs);
  const observer = new QueryObserver(queries, query());
  const stop = observer.subscribe(() => {});
  const settle = () => vi.advanceTimersByTimeAsync(1);
  const state = async () => {
    await settle();
    return observer.getCurrentResult().status;
  };
  /** Lets time pass until it has been asked so often. */
  const asked = (times: number) =>
    vi.waitUntil(() => remote.checks.length === times, { timeout: 60_000, interval: 500 });
  return { store, remote, query, asked, observer, stop, state, settle };
}

test("one that died turns red by itself, and green when it is back", async () => {
  const { remote, asked, state, stop } = setUp(true);
  void remote.checks[0]?.answer(testInfo);
  expect(await state()).toBe("success");
  await asked(2);
  void remote.checks[1]?.fail("endpoint", { fault: "unreachable" });
  expect(await state()).toBe("error");
  await asked(3);
  void remote.checks[2]?.fail("endpoint", { fault: "unreachable" });
  expect(await state()).toBe("error");
  await asked(4);
  void remote.checks[3]?.answer(testInfo);
  expect(await state()).toBe("success");
  stop();
});

test("a failure is shown at once, without tries behind the scenes", async () => {
  const { remote, state, stop } = setUp(true);
  void remote.checks[0]?.fail("endpoint", { fault: "cors" });
  expect(await state()).toBe("error");
  expect(remote.checks).toHaveLength(1);
  stop();
});

test("before the user's yes nothing is asked, however long one waits", async () => {
  const { store, remote, query, observer, settle, stop } = setUp(false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(remote.checks).toHaveLength(0);
  store.getState().allowEndpoint(store.getState().endpoints[0]!.id);
  observer.setOptions(query());
  await settle();
  expect(remote.checks).toHaveLength(1);
  stop();
});

test("another token is asked with at once, and no key holds it", async () => {
  const { store, remote, query, observer, settle, stop } = setUp(true);
  void remote.checks[0]?.fail("endpoint", { fault: "unauthorized" });
  await settle();
  const before = query().queryKey;
  store.getState().setEndpoint({ address: "http://card:8000", token: "two" }, true);
  observer.setOptions(query());
  await settle();
  expect(remote.checks[1]?.request.endpoint.token).toBe("two");
  expect(query().queryKey).not.toEqual(before);
  expect(JSON.stringify(query().queryKey)).not.toContain("two");
  stop();
});

test("an address removed and added again with another token is asked with that one", async () => {
  const { store, remote, query, observer, state, stop } = setUp(true);
  void remote.checks[0]?.answer(testInfo);
  expect(await state()).toBe("success");
  store.getState().removeEndpoint(store.getState().endpoints[0]!.id);
  store.getState().setEndpoint({ address: "http://card:8000", token: "wrong" }, true);
  observer.setOptions(query());
  expect(await state()).toBe("pending");
  expect(remote.checks[1]?.request.endpoint.token).toBe("wrong");
  stop();
});

test("what the network needs is read off the loaded model", () => {
  const last = { name: "LabelSelect_hls_0", inputShape: [1, 1, 1, 1000] };
  const nodes = [last] as unknown as ReturnType<typeof fakeModel>["nodes"];
  expect(modelNeeds(fakeModel({ nodes }))).toEqual({ name: "tiny", inputShape: [1, 4, 4, 3], classes: 1000 });
});

test("a failure keeps the client's sentence and its fault; anything else has none", () => {
  const error = new StreamscopeError("endpoint", "Nothing answers.", { fault: "unreachable" });
  expect(toEndpointFailure(error)).toEqual({
    fault: "unreachable",
    status: null,
    message: "Nothing answers.",
  });
  const refused = new StreamscopeError("endpoint", "It failed.", { fault: "server-error", status: 502 });
  expect(toEndpointFailure(refused)).toMatchObject({ fault: "server-error", status: 502 });
  expect(toEndpointFailure(new Error("odd"))).toEqual({ fault: null, status: null, message: "odd" });
});
