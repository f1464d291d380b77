import { afterAll, beforeAll, expect, test } from "vitest";
import { cdp } from "vitest/browser";
import { thisBrowser } from "./browser";
import { createRemoteClient } from "./client";
import { smallModel } from "./testing/small-model";

/** Chromium's own protocol, as far as these tests speak it. */
interface DevTools {
  send(method: string, parameters?: object): Promise<unknown>;
  on(event: "Fetch.requestPaused", listener: (paused: Paused) => void): void;
}

interface Paused {
  readonly requestId: string;
  readonly request: { readonly method: string; readonly headers: Readonly<Record<string, string>> };
}

const address = "http://127.0.0.1:8765";
const devTools = cdp() as unknown as DevTools;

/** What becomes of this page's requests to the endpoint, in the place of a server. */
let answer: (paused: Paused) => void = () => {};

/** The endpoint answers with this status and these headers; returns what it was asked. */
function endpointAnswers(status: number, headers: Readonly<Record<string, string>>) {
  const asked: Paused["request"][] = [];
  const responseHeaders = Object.entries(headers).map(([name, value]) => ({ name, value }));
  answer = ({ requestId, request }) => {
    asked.push(request);
    void devTools.send("Fetch.fulfillRequest", { requestId, responseCode: status, responseHeaders });
  };
  return asked;
}

function nobodyListens() {
  answer = ({ requestId }) => {
    void devTools.send("Fetch.failRequest", { requestId, errorReason: "ConnectionRefused" });
  };
}

beforeAll(async () => {
  // The first command makes the session; a listener that came earlier would hear another one's events.
  await devTools.send("Fetch.disable");
  devTools.on("Fetch.requestPaused", (paused) => answer(paused));
  const asked = endpointAnswers(200, {});
  await devTools.send("Fetch.enable", { patterns: [{ urlPattern: `${address}/*` }] });
  // Chromium takes a while until requests really stop there.
  while (asked.length === 0) await fetch(`${address}/`, { mode: "no-cors" }).catch(() => {});
});
afterAll(() => devTools.send("Fetch.disable"));

const faultOf = async () => {
  const endpoint = { address, token: null };
  return createRemoteClient()
    .check(endpoint, smallModel)
    .then(
      () => "none",
      (error: { details?: { fault?: string } }) => error.details?.fault,
    );
};

test("an endpoint that answers without CORS is told from one where nothing listens", async () => {
  const asked = endpointAnswers(200, {});
  expect(await faultOf()).toBe("cors");
  expect(
    asked.map(({ headers }) => Object.keys(headers).filter((name) => /cookie|referer|auth/i.test(name))),
  ).toEqual(asked.map(() => []));
  nobodyListens();
  expect(await faultOf()).toBe("unreachable");
});

test("a redirect is seen as one, and not followed", async () => {
  const asked = endpointAnswers(302, {
    "Access-Control-Allow-Origin": "*",
    Location: `${address}/elsewhere`,
  });
  expect(await faultOf()).toBe("redirect");
  expect(asked.length).toBe(1);
});

test("with CORS the status tells", async () => {
  endpointAnswers(401, { "Access-Control-Allow-Origin": location.origin });
  expect(await faultOf()).toBe("unauthorized");
});

test("this Chromium knows the local network's permission", async () => {
  const browser = thisBrowser();
  expect(browser.page?.href).toBe(location.href);
  expect(browser.namesAddressSpace).toBe(true);
  for (const space of ["local", "loopback"] as const) {
    expect(["granted", "denied", "prompt"]).toContain(await browser.permission(space));
  }
});
