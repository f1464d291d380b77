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
}

/** A browser in which all requests fail but, perhaps, those whose answers stay hidden. */
function browserOf({ page, permission = null, answers = false }: Case) {
  const probes: RequestInit[] = [];
  const browser: Browser = {
    page: new URL(page),
    namesAddressSpace: permission !== null,
    permission: async () => permission,
    fetch: async (_url, init = {}) => {
      probes.push(init);
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
    expect(probes).toMatchObject([{ targetAddressSpace: "local" }]);
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

describe("the anonymous request", () => {
  const address = "https://fpga.example.com";

  test("tells an endpoint without CORS from one that is not there", async () => {
    expect(await faultOf({ page: secure, address, answers: true })).toMatchObject({ fault: "cors" });
    expect(await faultOf({ page: secure, address })).toMatchObject({ fault: "unreachable" });
  });

  test("carries nothing that could tell who asks", async () => {
    const { probes } = await faultOf({ page: secure, address });
    expect(probes).toMatchObject([{ mode: "no-cors", credentials: "omit", referrerPolicy: "no-referrer" }]);
    expect(probes[0]).not.toHaveProperty("headers");
  });

  test("is not sent where it could be turned against the local network", async () => {
    const { fault, message, probes } = await faultOf({
      page: secure,
      address,
      permission: "granted",
      answers: true,
    });
    expect([fault, probes.length]).toEqual(["unreachable", 0]);
    expect(message).toMatch(/may not allow pages from https:\/\/streamscope\.example/);
  });
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
