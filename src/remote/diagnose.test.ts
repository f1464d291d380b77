import { describe, expect, test } from "vitest";
import type { Browser } from "./browser";
import { addressSpaceOption, awaitsPermission, diagnose } from "./diagnose";

interface Case {
  readonly page: string;
  readonly address: string;
  /** Null in browsers without the permission. */
  readonly permission?: PermissionState | null;
  /** Does somebody answer a request that may not read the answer? */
  readonly answers?: boolean;
  /** What a plain request reads; null where it fails too. */
  readonly openly?: Response | null;
}

/** A browser in which all requests fail but, perhaps, the anonymous ones. */
function browserOf({ page, permission = null, answers = false, openly = null }: Case) {
  const probes: RequestInit[] = [];
  const browser: Browser = {
    page: new URL(page),
    namesAddressSpace: permission !== null,
    permission: async () => permission,
    fetch: async (_url, init = {}) => {
      probes.push(init);
      if (init.mode === "cors" && openly) return openly;
      if (init.mode === "cors") throw new TypeError("Failed to fetch");
      if (!answers) throw new TypeError("Failed to fetch");
      return new Response(null);
    },
  };
  return { browser, probes };
}

async function faultOf(situation: Case) {
  const { browser, probes } = browserOf(situation);
  const error = await diagnose(browser, situation.address, undefined, new TypeError("Failed to fetch"));
  return { fault: error.details.fault, message: error.message, probes };
}

const secure = "https://streamscope.example/";
const own = "http://localhost:4173/";

describe("an insecure endpoint of a secure page", () => {
  const address = "http://fpga.example.com:8000";

  test("is mixed content where the browser knows no permission for it", async () => {
    const { fault, probes } = await faultOf({ page: secure, address });
    expect([fault, probes.length]).toEqual(["mixed-content", 0]);
  });

  test("is mixed content while nobody was asked", async () => {
    expect(await faultOf({ page: secure, address, permission: "prompt" })).toMatchObject({
      fault: "mixed-content",
    });
  });

  test("waits for the permission where the user refused it", async () => {
    expect(await faultOf({ page: secure, address, permission: "denied" })).toMatchObject({
      fault: "local-network",
    });
  });

  test("with the permission, and silent, may still be outside of the local network", async () => {
    expect(await faultOf({ page: secure, address, permission: "granted" })).toMatchObject({
      fault: "mixed-content",
    });
  });

  test("with the permission, and answering, lacks CORS", async () => {
    const { fault, probes } = await faultOf({ page: secure, address, permission: "granted", answers: true });
    expect(fault).toBe("cors");
    expect(probes).toMatchObject([{ targetAddressSpace: "local" }, { targetAddressSpace: "local" }]);
  });

  test("is no mixed content on this computer", async () => {
    expect(await faultOf({ page: secure, address: "http://localhost:8000" })).toMatchObject({
      fault: "unreachable",
    });
  });
});

describe("the local network's permission", () => {
  const local = "http://192.168.1.5:8000";

  test.each(["prompt", "denied"] as const)("%s: nothing more is asked", async (permission) => {
    for (const address of [local, "https://fpga.local", "http://127.0.0.1:8000"]) {
      const { fault, probes } = await faultOf({ page: secure, address, permission });
      expect([fault, probes.length]).toEqual(["local-network", 0]);
    }
  });

  test("granted, it is no reason", async () => {
    expect(await faultOf({ page: secure, address: local, permission: "granted" })).toMatchObject({
      fault: "unreachable",
    });
    expect(
      await faultOf({ page: secure, address: local, permission: "granted", answers: true }),
    ).toMatchObject({ fault: "cors" });
  });

  test("pages of this computer need none", async () => {
    for (const address of [local, "http://127.0.0.1:8000"]) {
      expect(await faultOf({ page: own, address, permission: "denied" })).toMatchObject({
        fault: "unreachable",
      });
    }
  });

  test("pages of the local network need one for this computer only", async () => {
    const page = "http://192.168.1.2/";
    expect(await faultOf({ page, address: local, permission: "prompt" })).toMatchObject({
      fault: "unreachable",
    });
    expect(await faultOf({ page, address: "http://localhost:8000", permission: "prompt" })).toMatchObject({
      fault: "local-network",
    });
  });

  test("refused, it may be why a name does not answer", async () => {
    const { fault, message } = await faultOf({ page: secure, address: "https://fpga", permission: "denied" });
    expect(fault).toBe("unreachable");
    expect(message).toMatch(/allow “Local network”/);
  });
});

describe("the anonymous requests", () => {
  const address = "https://fpga.example.com";
  const permission = "denied";

  test("tell an endpoint without CORS from one that is not there", async () => {
    expect(await faultOf({ page: secure, address, permission, answers: true })).toMatchObject({
      fault: "cors",
    });
    expect(await faultOf({ page: secure, address, permission })).toMatchObject({ fault: "unreachable" });
  });

  test.each([200, 401, 502])(
    "tell a lost connection from a missing permission: status %i can be read",
    async (status) => {
      const openly = new Response(null, { status });
      const { fault, message, probes } = await faultOf({ page: secure, address, openly, answers: true });
      expect([fault, probes.length]).toEqual(["broke-off", 1]);
      expect(message).toMatch(/^fpga\.example\.com answers, but this connection broke off.*Try again/);
    },
  );

  test("see a redirect and do not follow it", async () => {
    const openly = Object.defineProperty(new Response(null), "type", { value: "opaqueredirect" });
    const { fault, probes } = await faultOf({ page: own, address: "http://127.0.0.1:8000", openly });
    expect([fault, probes.length]).toEqual(["redirect", 1]);
    expect(probes[0]).toMatchObject({ redirect: "manual" });
  });

  test("carry nothing that could tell who asks", async () => {
    const { probes } = await faultOf({ page: secure, address, permission });
    const nameless = { credentials: "omit", referrerPolicy: "no-referrer" };
    expect(probes).toMatchObject([
      { mode: "cors", ...nameless },
      { mode: "no-cors", ...nameless },
    ]);
    for (const probe of probes) expect(probe).not.toHaveProperty("headers");
  });

  test.each(["granted", null] as const)(
    "follow no redirect that could turn them against the local network: permission %s",
    async (state) => {
      const { fault, message, probes } = await faultOf({
        page: secure,
        address,
        permission: state,
        answers: true,
      });
      expect([fault, probes.map(({ mode }) => mode)]).toEqual(["unreachable", ["cors"]]);
      expect(message).toMatch(/may not allow pages from https:\/\/streamscope\.example/);
    },
  );
});

test("silence may be the browser's question to the user", async () => {
  const waits = (situation: Case) => awaitsPermission(browserOf(situation).browser, situation.address);
  const address = "http://localhost:8000";
  expect(await waits({ page: secure, address, permission: "prompt" })).toBe(true);
  expect(await waits({ page: secure, address, permission: "granted" })).toBe(false);
  expect(await waits({ page: own, address, permission: "prompt" })).toBe(false);
});

test("only insecure requests of secure pages say beforehand where they go", () => {
  const option = (page: string, address: string, permission: PermissionState | null) =>
    addressSpaceOption(browserOf({ page, address, permission }).browser, address);
  expect(option(secure, "http://fpga:8000", "prompt")).toEqual({ targetAddressSpace: "local" });
  expect(option(secure, "http://fpga:8000", null)).toEqual({});
  expect(option(secure, "http://localhost:8000", "prompt")).toEqual({});
  expect(option(secure, "https://fpga", "prompt")).toEqual({});
  expect(option(own, "http://fpga:8000", "prompt")).toEqual({});
});
