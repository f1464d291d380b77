import { expect, test } from "vitest";
import { endpointFault } from "./faults";

const address = "http://fpga:8123";
const page = new URL("https://streamscope.example/app/");
const order = /TLS proxy.*ssh -L 8000:localhost:8123 fpga.*http:\/\/localhost:8000.*allow/;

test("the ways out of mixed content: TLS proxy, tunnel, permission, in this order", () => {
  expect(endpointFault("mixed-content", { address, page }).message).toMatch(order);
});

test("the ways out of the local network's bar come in the same order", () => {
  const { message } = endpointFault("local-network", { address: "http://192.168.1.5:8123", page });
  expect(message).toMatch(/TLS proxy.*ssh -L 8000:localhost:8123 192\.168\.1\.5.*allow “Local network”/);
});

test("behind a proxy the endpoint listens on its usual port", () => {
  const { message } = endpointFault("local-network", { address: "https://[fd00::1]:8443", page });
  expect(message).toMatch(/ssh -L 8000:localhost:8000 fd00::1” and use http:\/\/localhost:8000/);
});

test("what is on this computer already needs no tunnel", () => {
  const { message } = endpointFault("local-network", { address: "http://localhost:8000", page });
  expect(message).toMatch(/programs on this computer.*TLS proxy.*allow “Apps on device”/);
  expect(message).not.toContain("ssh");
});

test("a page that came over http is told to come over https", () => {
  const facts = { address: "http://10.0.0.1", page: new URL("http://streamscope.example/") };
  expect(endpointFault("local-network", facts).message).toMatch(/Open Streamscope over https/);
});

test("CORS names the origin to allow", () => {
  expect(endpointFault("cors", { address, page }).message).toContain("https://streamscope.example");
});

test("only https has certificates to accept", () => {
  const sentence = (at: string) => endpointFault("unreachable", { address: at }).message;
  expect(sentence("https://fpga")).toContain("https://fpga/v2/health/live");
  expect(sentence("http://fpga")).not.toContain("certificate");
});

test("the details are for programs, the server's words for people", () => {
  const fault = endpointFault("overloaded", { address, status: 503, said: "queue is full" });
  expect(fault.details).toEqual({ fault: "overloaded", address, status: 503 });
  expect(fault.message).toMatch(/status 503.*It says: “queue is full”$/);
});
