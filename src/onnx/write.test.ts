import fc from "fast-check";
import { expect, test } from "vitest";
import { QONNX_DOMAIN } from "./domains";
import { newTensorData } from "./element-type";
import type { Attribute, ElementType, OnnxModel, OnnxNode, Tensor, ValueInfo } from "./model";
import { readOnnx } from "./read";
import { writeOnnx } from "./write";

const finite32 = fc.float({ noNaN: true, noDefaultInfinity: true });
const VALUES: Readonly<Record<ElementType, fc.Arbitrary<number>>> = {
  float32: finite32,
  float64: fc.double({ noNaN: true, noDefaultInfinity: true }),
  int8: fc.integer({ min: -128, max: 127 }),
  uint8: fc.integer({ min: 0, max: 255 }),
  int16: fc.integer({ min: -(2 ** 15), max: 2 ** 15 - 1 }),
  uint16: fc.integer({ min: 0, max: 2 ** 16 - 1 }),
  int32: fc.integer(),
  uint32: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  int64: fc.maxSafeInteger(),
  uint64: fc.maxSafeNat(),
  bool: fc.integer({ min: 0, max: 1 }),
};
const elementTypes = fc.constantFrom(...(Object.keys(VALUES) as ElementType[]));

const tensors: fc.Arbitrary<Tensor> = fc
  .record({ elemType: elementTypes, shape: fc.array(fc.nat(3), { maxLength: 3 }) })
  .chain(({ elemType, shape }) => {
    const size = shape.reduce((product, dim) => product * dim, 1);
    return fc.array(VALUES[elemType], { minLength: size, maxLength: size }).map((values) => {
      const data = newTensorData(elemType, size);
      data.set(values);
      return { shape, elemType, data };
    });
  });

const text = fc.string({ unit: "grapheme", maxLength: 8 });
const attributes: fc.Arbitrary<Attribute> = fc.oneof(
  fc.record({ kind: fc.constant("int" as const), value: fc.maxSafeInteger() }),
  fc.record({ kind: fc.constant("float" as const), value: finite32 }),
  fc.record({ kind: fc.constant("string" as const), value: text }),
  fc.record({ kind: fc.constant("ints" as const), value: fc.array(fc.maxSafeInteger(), { maxLength: 4 }) }),
  fc.record({ kind: fc.constant("floats" as const), value: fc.array(finite32, { maxLength: 4 }) }),
  fc.record({ kind: fc.constant("strings" as const), value: fc.array(text, { maxLength: 3 }) }),
  fc.record({ kind: fc.constant("tensor" as const), value: tensors }),
);

const valueInfo = (name: string): fc.Arbitrary<ValueInfo> =>
  fc.record({
    name: fc.constant(name),
    elemType: elementTypes,
    shape: fc.array(fc.oneof(fc.nat(2 ** 31), fc.constantFrom("", "N", "height")), { maxLength: 4 }),
  });

const annotation = fc
  .dictionary(fc.constantFrom("finn_datatype", "tensor_layout"), text)
  .map((entries) => new Map(Object.entries(entries)));

/** A chain of nodes, each of which may also read initializers; sound, as the reader demands. */
const models: fc.Arbitrary<OnnxModel> = fc
  .record({ length: fc.nat(4), constants: fc.array(tensors, { maxLength: 3 }) })
  .chain(({ length, constants }) => {
    const node = (i: number): fc.Arbitrary<OnnxNode> =>
      fc.record({
        name: fc.constant(`node ${i}`),
        opType: fc.constantFrom("Relu", "Quant", "Ünïcode"),
        domain: fc.constantFrom("", QONNX_DOMAIN, "my.domain"),
        inputs: fc.subarray(["", ...constants.map((_, c) => `c${c}`)]).map((extra) => [`t${i}`, ...extra]),
        outputs: fc.constant([`t${i + 1}`]),
        attributes: fc
          .dictionary(fc.constantFrom("a", "b", "größe"), attributes)
          .map((entries) => new Map(Object.entries(entries))),
      });
    return fc.record({
      irVersion: fc.integer({ min: 4, max: 13 }),
      producer: text,
      opsets: fc.integer({ min: 9, max: 18 }).map(
        (version) =>
          new Map([
            ["", version],
            [QONNX_DOMAIN, 2],
          ]),
      ),
      graph: fc.record({
        name: text,
        inputs: valueInfo("t0").map((input) => [input]),
        outputs: valueInfo(`t${length + 1}`).map((output) => [output]),
        nodes: fc.tuple(...Array.from({ length: length + 1 }, (_, i) => node(i))),
        initializers: fc.constant(new Map(constants.map((tensor, c) => [`c${c}`, tensor]))),
        valueInfo: (length > 0 ? valueInfo("t1").map((value) => [value]) : fc.constant([])).map(
          (values) => new Map(values.map((value) => [value.name, value])),
        ),
        annotations: fc
          .dictionary(fc.constantFrom("t0", "t1", "c0"), annotation)
          .map((entries) => new Map(Object.entries(entries))),
      }),
    });
  });

test("what is written is read back", () => {
  fc.assert(
    fc.property(models, (model) => {
      expect(readOnnx(writeOnnx(model))).toEqual(model);
    }),
  );
});

test("a view into a larger buffer writes its own part", () => {
  const model: OnnxModel = {
    irVersion: 8,
    producer: "",
    opsets: new Map([["", 13]]),
    graph: {
      name: "",
      inputs: [{ name: "x", elemType: "float32", shape: [1] }],
      outputs: [{ name: "y", elemType: "float32", shape: [1] }],
      nodes: [
        { name: "n", opType: "Add", domain: "", inputs: ["x", "c"], outputs: ["y"], attributes: new Map() },
      ],
      initializers: new Map([
        ["c", { shape: [2], elemType: "float32", data: Float32Array.of(1, 2, 3).subarray(1) }],
      ]),
      valueInfo: new Map(),
      annotations: new Map(),
    },
  };
  expect([...(readOnnx(writeOnnx(model)).graph.initializers.get("c")?.data ?? [])]).toEqual([2, 3]);
});
