import { expect, test } from "vitest";
import { float, floatAttr, int, intAttr, ints, intsAttr, string, stringAttr } from "./attributes";
import { makeNode } from "./edit";

const node = makeNode("Conv", [], [], {
  group: int(4),
  epsilon: float(0.5),
  strides: ints([2, 1]),
  layout: string("NCHW"),
});

test("attributes are read by kind", () => {
  expect(intAttr(node, "group", 1)).toBe(4);
  expect(floatAttr(node, "epsilon", 1)).toBe(0.5);
  expect(intsAttr(node, "strides", [])).toEqual([2, 1]);
  expect(stringAttr(node, "layout", "")).toBe("NCHW");
});

test("an absent attribute, or one of another kind, gives the fallback", () => {
  expect(intAttr(node, "axis", -1)).toBe(-1);
  expect(intAttr(node, "epsilon", 7)).toBe(7);
  expect(floatAttr(node, "group", 7)).toBe(7);
  expect(stringAttr(node, "strides", "none")).toBe("none");
  expect(intsAttr(node, "layout")).toBeUndefined();
});
