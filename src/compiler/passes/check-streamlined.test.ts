import { expect, test } from "vitest";
import { int, ints, string } from "../../onnx/attributes";
import { int64Tensor, scalarTensor } from "../../onnx/tensor";
import { integers, ModelChain, perChannelOfMap, staircase, tensor } from "../testing/chain";
import { expectUntouched } from "../testing/check-pass";
import { CheckStreamlined } from "./check-streamlined";

const map = (datatype = "UINT4") => new ModelChain([1, 2, 4, 4], datatype);
const vector = () => new ModelChain([1, 4], "UINT4");
const choose = (chain: ModelChain) => chain.op("TopK", [int64Tensor([2])], { axis: int(-1) }, 2).build();

test("integers, with an integer bias, may go on", () => {
  const model = vector()
    .op("MatMul", [integers([4, 3])])
    .op("Add", [{ value: tensor([3], [1, 2, 3]), datatype: "INT4" }])
    .build();
  expectUntouched(CheckStreamlined, choose(new ModelChain([1, 3], "INT8")));
  expectUntouched(CheckStreamlined, model);
});

test.each([
  {
    what: "a scale for each channel in front of an ordinary convolution",
    model: map()
      .op("Mul", [perChannelOfMap(0.5, 0.25)])
      .op("Conv", [integers([3, 2, 1, 1])])
      .build(),
    says: "Mul_0 (Mul): its scale differs from channel to channel, and Conv_1 (Conv) adds channels up",
  },
  {
    what: "a scale for each input in front of a matrix product",
    model: vector()
      .op("Mul", [tensor([4], [1, 2, 3, 4])])
      .op("MatMul", [integers([4, 3])])
      .build(),
    says: "Mul_0 (Mul): its scale differs from input to input",
  },
  {
    what: "a scale for each class",
    model: choose(vector().op("Mul", [tensor([4], [1, 2, 3, 4])])),
    says: "Mul_0 (Mul): its scale differs from class to class",
  },
  {
    what: "a negative scale of all classes",
    model: choose(vector().op("Mul", [scalarTensor(-2)])),
    says: "Mul_0 (Mul): its scale is not positive",
  },
  {
    what: "a scale that is not the pool's",
    model: map()
      .op("Mul", [scalarTensor(0.5)])
      .op("QuantAvgPool2d", [], { kernel: int(2), stride: int(2), ibits: int(4), obits: int(4) })
      .build(),
    says: "Mul_0 (Mul): its scale is not that of the average pool",
  },
  {
    what: "a negative scale that no weights can take",
    model: map()
      .op("Mul", [scalarTensor(-1)])
      .op("MultiThreshold", [staircase(2, 3, 0, 1)], { out_dtype: string("UINT2") })
      .build(),
    says: "Mul_0 (Mul): its scale is negative",
  },
  {
    what: "an offset in front of padding",
    model: map()
      .op("Add", [scalarTensor(3)])
      .op("Conv", [integers([3, 2, 3, 3])], { pads: ints([1, 1, 1, 1]) })
      .build(),
    says: "Add_0 (Add): it adds an offset in front of Conv_1 (Conv), which pads with zeros",
  },
  {
    what: "a bias that is not quantised",
    model: choose(
      vector()
        .op("MatMul", [integers([4, 3])])
        .op("Add", [tensor([3], [0.5, 1, 2])]),
    ),
    says: "Add_1 (Add): it adds a bias that is not quantised",
  },
  {
    what: "a layer on floats",
    model: map("FLOAT32")
      .op("Conv", [integers([3, 2, 1, 1])])
      .build(),
    says: "Conv_0 (Conv): its input is FLOAT32",
  },
])("$what is refused, with the reason", ({ model, says }) => {
  expect(() => CheckStreamlined.apply(model)).toThrow(says);
});
