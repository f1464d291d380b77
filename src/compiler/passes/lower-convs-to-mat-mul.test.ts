import { expect, test } from "vitest";
import { datatypeOf } from "../../onnx/annotations";
import { int, ints } from "../../onnx/attributes";
import { integers, ModelChain, tensor } from "../testing/chain";
import { checkPass, operators } from "../testing/check-pass";
import { LowerConvsToMatMul } from "./lower-convs-to-mat-mul";

const image = () => new ModelChain([1, 3, 6, 7], "UINT4");

test.each([
  { kind: "3x3, padded", weights: integers([2, 3, 3, 3]), attributes: { pads: ints([1, 1, 1, 1]) } },
  {
    kind: "not square",
    weights: integers([4, 3, 2, 3]),
    attributes: { strides: ints([1, 2]), pads: ints([0, 1, 2, 1]) },
  },
  { kind: "dilated", weights: integers([2, 3, 2, 2]), attributes: { dilations: ints([3, 2]) } },
  { kind: "1x1 with stride", weights: integers([2, 3, 1, 1]), attributes: { strides: ints([2, 2]) } },
])("a convolution $kind becomes windows and a product", ({ weights, attributes }) => {
  const after = checkPass(LowerConvsToMatMul, image().op("Conv", [weights], attributes).build());
  expect(operators(after)).toEqual(["Transpose", "Im2Col", "MatMul", "Transpose"]);
  const [, , product] = after.graph.nodes;
  expect(datatypeOf(after.graph, product?.inputs[1] ?? "")).toBe("INT4");
  expect(datatypeOf(after.graph, product?.outputs[0] ?? "")).toBe("INT32");
});

test("a 1x1 convolution needs no windows", () => {
  const after = checkPass(
    LowerConvsToMatMul,
    image()
      .op("Conv", [integers([5, 3, 1, 1])])
      .build(),
  );
  expect(operators(after)).toEqual(["Transpose", "MatMul", "Transpose"]);
});

test("a depthwise convolution becomes windows and a VVAU", () => {
  const model = image()
    .op("Conv", [integers([3, 1, 3, 2])], { group: int(3), pads: ints([1, 0, 1, 0]), strides: ints([2, 1]) })
    .build();
  expect(operators(checkPass(LowerConvsToMatMul, model))).toEqual([
    "Transpose",
    "Im2Col",
    "VVAU",
    "Transpose",
  ]);
});

test("a single channel is an ordinary convolution", () => {
  const model = new ModelChain([1, 1, 4, 4], "UINT4").op("Conv", [integers([1, 1, 2, 2])]).build();
  expect(operators(checkPass(LowerConvsToMatMul, model))).toContain("MatMul");
});

test("other groups, and a bias, are refused", () => {
  const grouped = new ModelChain([1, 4, 4, 4], "UINT4")
    .op("Conv", [integers([4, 2, 1, 1])], { group: int(2) })
    .build();
  expect(() => LowerConvsToMatMul.apply(grouped)).toThrow("Conv_0 (Conv): only ordinary and depthwise");
  const biased = image()
    .op("Conv", [integers([2, 3, 1, 1]), tensor([2], [1, 2])])
    .build();
  expect(() => LowerConvsToMatMul.apply(biased)).toThrow("Conv_0 (Conv): it still has a bias");
});
