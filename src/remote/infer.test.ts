import { afterEach, expect, test, vi } from "vitest";
import { createRemoteClient } from "./client";
import { smallImage, smallInfo } from "./testing/small-model";

afterEach(() => void vi.restoreAllMocks());

test.each([true, false])(
  "the time is that of the exchange, without writing and reading, binary: %s",
  async (binary) => {
    vi.spyOn(crypto, "getRandomValues").mockImplementation((zeros) => zeros);
    const outputs = [{ name: "top", datatype: "INT32", shape: [1, 5], data: [1, 2, 3, 4, 5] }];
    const reply = Response.json({ id: "0".repeat(32), outputs });
    const fetch = vi.fn(async () => reply);
    const clock = vi.spyOn(performance, "now");
    const write = vi.spyOn(TextEncoder.prototype, "encode");
    const read = vi.spyOn(TextDecoder.prototype, "decode");

    const client = createRemoteClient({ page: null, fetch });
    await client.infer({ address: "http://a", token: null }, smallInfo(binary), [smallImage(1)]);

    const [[begun, ended], [written], [asked], [decoded]] = [clock, write, fetch, read].map(
      ({ mock }) => mock.invocationCallOrder,
    ) as [number[], number[], number[], number[]];
    const steps = [written, begun, asked, ended, decoded];
    expect(steps).toEqual(steps.toSorted((a = 0, b = 0) => a - b));
    expect(clock).toHaveBeenCalledTimes(2);
  },
);
