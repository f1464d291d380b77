import { expect, test } from "vitest";
import { testInfo } from "../compare/model/testing/frames";
import { describeFailure, describePlatform, endpointFacts } from "./describe-endpoint";

const on = (platform: string) => ({ ...testInfo, model: { ...testInfo.model, platform } });

test("an emulator is called one, whatever else it is; hardware is by its own name", () => {
  const emulator = "Emulator, no hardware";
  expect(describePlatform(on("streamscope-emulator (emulator, no hardware)"))).toBe(emulator);
  expect(describePlatform(on("emulated by the vendor's tool"))).toBe(emulator);
  expect(describePlatform(on("finn-pynq xilinx_u250"))).toBe("Runs on finn-pynq xilinx_u250");
  expect(describePlatform(on(""))).toBe("The server does not say what it runs on");
});

test("the facts are the server's own words; what it does not say is left out", () => {
  expect(endpointFacts(on("finn-pynq"))).toEqual([
    ["Server", "streamscope-endpoint 0.1.0"],
    ["Model", "tiny, version 1"],
    ["Platform", "finn-pynq"],
    ["Tensors", "As bytes"],
  ]);
  const silent = { ...on(""), server: { name: "", version: "", extensions: [] }, binary: false };
  expect(endpointFacts(silent)).toEqual([
    ["Server", null],
    ["Model", "tiny, version 1"],
    ["Platform", null],
    ["Tensors", "As JSON"],
  ]);
});

test("a network of another name is told how the names become one; another network is not", () => {
  const unknown = { fault: "wrong-model", status: 404, message: "It has no model named “my-net”." } as const;
  expect(describeFailure(unknown, "my-net")).toMatch(/named “my-net”\. .*--model-name my-net.*rename/);
  expect(describeFailure(unknown, null)).toBe(unknown.message);
  expect(describeFailure({ ...unknown, status: null }, "my-net")).toBe(unknown.message);
  expect(describeFailure({ ...unknown, fault: "server-error" }, "my-net")).toBe(unknown.message);
});
