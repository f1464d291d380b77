import { describe, expect, test } from "vitest";
import { chooseOnnx } from "./onnx-member";

const choose = (names: readonly string[], member?: string) =>
  chooseOnnx(
    names.map((name) => ({ name })),
    member,
  ).name;

const OPSET_11 = "mobilenetv1-w4a4_pre_post_tidy_opset-11.onnx";
const official = ["onnx/mobilenetv1-w4a4_pre_post_tidy.onnx", `onnx/${OPSET_11}`, "README.md"];

describe("the model in a zip", () => {
  test.each([
    { what: "the one of FINN's build among several", names: official, chosen: `onnx/${OPSET_11}` },
    { what: "the only one, whatever it is called", names: ["LICENSE", "a/net.ONNX"], chosen: "a/net.ONNX" },
    {
      what: "not macOS's attributes",
      names: ["net.onnx", "__MACOSX/._net.onnx", "._net.onnx"],
      chosen: "net.onnx",
    },
    {
      what: "the one that is named, without its folders",
      names: official,
      member: "mobilenetv1-w4a4_pre_post_tidy.onnx",
      chosen: "onnx/mobilenetv1-w4a4_pre_post_tidy.onnx",
    },
    {
      what: "the one that is named, with its folders",
      names: ["net.onnx", "b/net.onnx"],
      member: "net.onnx",
      chosen: "net.onnx",
    },
  ])("$what", ({ names, member, chosen }) => {
    expect(choose(names, member)).toBe(chosen);
  });

  test.each([
    { what: "there is none", names: ["README.md", "__MACOSX/._net.onnx"], says: "holds no .onnx file" },
    {
      what: "there are several",
      names: ["a.onnx", "b.onnx"],
      says: "choose one with --member. They are a.onnx, b.onnx.",
    },
    {
      what: "FINN's is there twice",
      names: [`a/${OPSET_11}`, `b/${OPSET_11}`],
      says: "choose one with --member",
    },
    {
      what: "the named one is not there",
      names: ["a.onnx"],
      member: "c.onnx",
      says: "holds no c.onnx. It holds a.onnx.",
    },
  ])("is refused if $what", ({ names, member, says }) => {
    expect(() => choose(names, member)).toThrow(says);
  });
});
