import { expect, test } from "vitest";
import { parseAddress } from "./address";

test.each([
  [" http://localhost:8000/ ", "http://localhost:8000"],
  ["HTTPS://FPGA.Example.com:443", "https://fpga.example.com"],
  ["http://fpga:8000/v2", "http://fpga:8000"],
  ["http://fpga:8000/v2/", "http://fpga:8000"],
  ["https://example.com/serving/u250//?a=1#b", "https://example.com/serving/u250"],
  ["http://[::1]:8000", "http://[::1]:8000"],
  ["https://exämple.com", "https://xn--exmple-cua.com"],
])("%s is the address %s", (typed, address) => {
  expect(parseAddress(typed)).toBe(address);
  expect(parseAddress(address)).toBe(address);
});

test.each([
  ["", /no address yet/],
  ["localhost:8000", /must begin with http/],
  ["ftp://example.com", /must begin with http/],
  ["javascript:alert(1)", /must begin with http/],
  ["http://", /no address of a server/],
  ["http://a b", /no address of a server/],
  ["http://host:99999", /no address of a server/],
  [`http://host/${"x".repeat(3000)}`, /no address of a server/],
  ["http://user:secret@host:8000", /no user name or password/],
  ["http://0.0.0.0:8000", /listens on/],
  ["http://[::]:8000", /listens on/],
])("%s is refused, with an example", (typed, sentence) => {
  expect(() => parseAddress(typed)).toThrow(
    expect.objectContaining({
      code: "endpoint",
      message: expect.stringMatching(sentence),
      details: expect.objectContaining({ fault: "bad-address" }),
    }),
  );
  expect(() => parseAddress(typed)).toThrow(/Type it like http:\/\/localhost:8000/);
});
