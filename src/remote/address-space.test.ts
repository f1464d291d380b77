import { expect, test } from "vitest";
import { addressSpace } from "./address-space";

test.each([
  ["loopback", ["localhost", "u250.localhost", "127.0.0.1", "127.8.9.1", "[::1]", "[::ffff:127.0.0.1]"]],
  ["local", ["10.0.0.1", "172.16.0.1", "172.31.255.1", "192.168.1.5", "169.254.1.1", "100.64.0.1"]],
  ["local", ["fpga.local", "[fd00::1]", "[fc12:3::1]", "[fe80::1]", "[::ffff:192.168.1.5]"]],
  ["unknown", ["example.com", "fpga", "8.8.8.8", "172.32.0.1", "192.169.0.1", "100.128.0.1", "11.0.0.1"]],
  ["unknown", ["[2001:db8::1]", "[::ffff:8.8.8.8]", "local", "localhost.example.com", "10.example.com"]],
] as const)("%s: %s", (space, hosts) => {
  for (const host of hosts) {
    expect(addressSpace(new URL(`http://${host}`).hostname), host).toBe(space);
  }
});
