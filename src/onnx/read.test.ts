import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import {
  AttributeProto_AttributeType as AttributeType,
  type GraphProtoSchema,
  ModelProtoSchema,
  TensorProto_DataType as Type,
} from "onnx-buf";
import { describe, expect, test } from "vitest";
import { QONNX_DOMAIN } from "./domains";
import { readOnnx } from "./read";

type ModelInit = MessageInitShape<typeof ModelProtoSchema>;
type GraphInit = Exclude<MessageInitShape<typeof GraphProtoSchema>, { $typeName: string }>;

const dims = (...shape: (number | string)[]) => ({
  dim: shape.map((dim) => ({
    value:
      typeof dim === "number"
        ? { case: "dimValue" as const, value: BigInt(dim) }
        : { case: "dimParam" as const, value: dim },
  })),
});
const value = (name: string, ...shape: (number | string)[]) => ({
  name,
  type: { value: { case: "tensorType" as const, value: { elemType: Type.FLOAT, shape: dims(...shape) } } },
});
const weights = (name: string) => ({ name, dims: [2n], dataType: Type.FLOAT, floatData: [1, 2] });

/** x -> Add w -> y. */
const base: GraphInit = {
  node: [{ name: "add", opType: "Add", input: ["x", "w"], output: ["y"] }],
  input: [value("x", 1, 2)],
  output: [value("y", 1, 2)],
  initializer: [weights("w")],
};

const bytesOf = (graph: GraphInit, model: Partial<Exclude<ModelInit, { $typeName: string }>> = {}) =>
  toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: 7n,
      producerName: "test",
      opsetImport: [{ domain: "", version: 11n }],
      graph: { ...base, ...graph } as GraphInit,
      ...model,
    }),
  );
const read = (...args: Parameters<typeof bytesOf>) => readOnnx(bytesOf(...args));
const refused = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

describe("a sound model", () => {
  test("is read whole", () => {
    const model = read({ name: "g", valueInfo: [] });
    expect(model).toEqual({
      irVersion: 7,
      producer: "test",
      opsets: new Map([["", 11]]),
      graph: {
        name: "g",
        inputs: [{ name: "x", elemType: "float32", shape: [1, 2] }],
        outputs: [{ name: "y", elemType: "float32", shape: [1, 2] }],
        nodes: [
          {
            name: "add",
            opType: "Add",
            domain: "",
            inputs: ["x", "w"],
            outputs: ["y"],
            attributes: new Map(),
          },
        ],
        initializers: new Map([["w", { shape: [2], elemType: "float32", data: Float32Array.of(1, 2) }]]),
        valueInfo: new Map(),
        annotations: new Map(),
      },
    });
  });

  test("may list its initializers as inputs, as IR 3 does", () => {
    const model = read({ input: [value("w", 2), value("x", 1, 2)] }, { irVersion: 3n });
    expect(model.graph.inputs.map(({ name }) => name)).toEqual(["x"]);
    expect(model.irVersion).toBe(4);
  });

  test.each(["finn", "finn.custom_op.general", "qonnx.custom_op.general", "onnx.brevitas"])(
    "may call the domain of qonnx %s, and need not import it",
    (domain) => {
      const node = [{ opType: "Quant", domain, input: ["x"], output: ["y"] }];
      expect(read({ node }).graph.nodes[0]?.domain).toBe(QONNX_DOMAIN);
      expect(read({ node }).opsets.get(QONNX_DOMAIN)).toBe(1);
      const opsetImport = [{ version: 13n }, { domain, version: 2n }];
      expect(read({ node }, { opsetImport }).opsets).toEqual(
        new Map([
          ["", 13],
          [QONNX_DOMAIN, 2],
        ]),
      );
    },
  );

  test("may have nodes without names or with the same ones", () => {
    const node = ["", "Relu_0", "same", "same"].map((name, i) => ({
      name,
      opType: "Relu",
      input: [`t${i}`],
      output: [`t${i + 1}`],
    }));
    const model = read({ node, input: [value("t0", 1)], output: [value("t4", 1)] });
    const names = model.graph.nodes.map(({ name }) => name);
    expect(new Set(names).size).toBe(4);
    expect(names).toContain("Relu_0");
    expect(names[2]).toBe("same");
  });

  test("may be out of order", () => {
    const node = [
      { name: "second", opType: "Relu", input: ["t"], output: ["y"] },
      { name: "first", opType: "Relu", input: ["x"], output: ["t"] },
    ];
    expect(read({ node }).graph.nodes.map(({ name }) => name)).toEqual(["first", "second"]);
  });

  test("keeps shapes between nodes and annotations", () => {
    const model = read({
      node: [
        { opType: "Relu", input: ["x"], output: ["t"] },
        { opType: "Relu", input: ["t"], output: ["y"] },
      ],
      valueInfo: [value("t", "N", 2), value("w", 2), { name: "untyped" }],
      quantizationAnnotation: [
        { tensorName: "t", quantParameterTensorNames: [{ key: "finn_datatype", value: "UINT4" }] },
        { tensorName: "t", quantParameterTensorNames: [{ key: "tensor_layout", value: "['N', 'C']" }] },
      ],
    });
    expect(model.graph.valueInfo).toEqual(
      new Map([["t", { name: "t", elemType: "float32", shape: ["N", 2] }]]),
    );
    expect(model.graph.annotations).toEqual(
      new Map([
        [
          "t",
          new Map([
            ["finn_datatype", "UINT4"],
            ["tensor_layout", "['N', 'C']"],
          ]),
        ],
      ]),
    );
  });
});

describe("Constant nodes become initializers", () => {
  const constant = (attribute: object) => ({
    node: [
      { name: "c", opType: "Constant", output: ["c"], attribute: [attribute] },
      { name: "add", opType: "Add", input: ["x", "c"], output: ["y"] },
    ],
  });
  test.each([
    [{ name: "value", type: AttributeType.TENSOR, t: weights("") }, [2], [1, 2]],
    [{ name: "value_float", type: AttributeType.FLOAT, f: 0.5 }, [], [0.5]],
    [{ name: "value_int", type: AttributeType.INT, i: 7n }, [], [7]],
    [{ name: "value_floats", type: AttributeType.FLOATS, floats: [1, 2] }, [2], [1, 2]],
    [{ name: "value_ints", type: AttributeType.INTS, ints: [3n, 4n] }, [2], [3, 4]],
  ])("%o", (attribute, shape, data) => {
    const { graph } = read(constant(attribute));
    expect(graph.nodes.map(({ name }) => name)).toEqual(["add"]);
    expect(graph.initializers.get("c")?.shape).toEqual(shape);
    expect([...(graph.initializers.get("c")?.data ?? [])]).toEqual(data);
  });

  test("but not text", () => {
    const attribute = { name: "value_string", type: AttributeType.STRING, s: new Uint8Array([65]) };
    expect(() => read(constant(attribute))).toThrow(refused("unsupported-model", /c \(Constant\)/));
  });
});

describe("attributes", () => {
  const withAttribute = (attribute: object) => () =>
    read({
      node: [
        { name: "n", opType: "Op", input: ["x"], output: ["y"], attribute: [{ name: "a", ...attribute }] },
      ],
    }).graph.nodes[0]?.attributes.get("a");

  test.each([
    [
      { type: AttributeType.INT, i: -3n },
      { kind: "int", value: -3 },
    ],
    [
      { type: AttributeType.FLOAT, f: 0.25 },
      { kind: "float", value: 0.25 },
    ],
    [
      { type: AttributeType.STRING, s: new TextEncoder().encode("é") },
      { kind: "string", value: "é" },
    ],
    [
      { type: AttributeType.INTS, ints: [1n, 2n] },
      { kind: "ints", value: [1, 2] },
    ],
    [
      { type: AttributeType.FLOATS, floats: [] },
      { kind: "floats", value: [] },
    ],
    [
      { type: AttributeType.STRINGS, strings: [new Uint8Array([65])] },
      { kind: "strings", value: ["A"] },
    ],
  ])("%o", (attribute, expected) => {
    expect(withAttribute(attribute)()).toEqual(expected);
  });

  test.each([
    [
      "a subgraph",
      { type: AttributeType.GRAPH, g: {} },
      "unsupported-model",
      /n \(Op\): operators with subgraphs/,
    ],
    ["subgraphs", { type: AttributeType.GRAPHS, graphs: [{}] }, "unsupported-model", /subgraphs/],
    ["a sparse tensor", { type: AttributeType.SPARSE_TENSOR }, "unsupported-model", /SPARSE_TENSOR/],
    ["no type", {}, "bad-model", /"a" has no type/],
    ["no tensor", { type: AttributeType.TENSOR }, "bad-model", /no tensor/],
    [
      "bytes that are no text",
      { type: AttributeType.STRING, s: new Uint8Array([255]) },
      "bad-model",
      /UTF-8/,
    ],
    ["a large integer", { type: AttributeType.INT, i: 2n ** 62n }, "unsupported-model", /2\^53/],
  ])("%s is refused", (_, attribute, code, message) => {
    expect(withAttribute(attribute)).toThrow(refused(code, message));
  });
});

describe("no ONNX at all", () => {
  test.each([
    ["an empty file", new Uint8Array(0), /empty/],
    ["text", new TextEncoder().encode("This is not a model, but a sentence.\n"), /no ONNX model/],
    ["a PNG", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), /no ONNX model/],
    ["zeros", new Uint8Array(1000), /no ONNX model/],
    // Field 7 of ModelProto is the graph; a message without it parses.
    ["a message of another kind", Uint8Array.of(8, 1, 40, 1), /has no graph/],
  ])("%s", (_, bytes, message) => {
    expect(() => readOnnx(bytes)).toThrow(refused("bad-model", message));
  });

  test("a model cut off anywhere", () => {
    const bytes = bytesOf({});
    for (let length = 1; length < bytes.length; length++) {
      expect(() => readOnnx(bytes.subarray(0, length))).toThrow(
        expect.objectContaining({ name: "StreamscopeError" }),
      );
    }
  });

  test("subgraphs nested without end", () => {
    // Node, attribute, graph, node, attribute, graph, ... each one a length-prefixed field.
    let bytes = new Uint8Array(0);
    const wrap = (tag: number) => {
      const length: number[] = [];
      for (let n = bytes.length; ; n >>= 7) {
        length.push(n > 127 ? (n & 127) | 128 : n);
        if (n <= 127) break;
      }
      bytes = Uint8Array.of(tag, ...length, ...bytes);
    };
    for (let depth = 0; depth < 300; depth++) [0x32, 0x2a, 0x0a].forEach(wrap);
    wrap(0x3a);
    expect(() => readOnnx(bytes)).toThrow(refused("bad-model", /damaged/));
  });
});

describe("a model that is damaged", () => {
  const relu = (name: string, input: string, output: string) => ({
    name,
    opType: "Relu",
    input: [input],
    output: [output],
  });
  const cases: [string, GraphInit, RegExp][] = [
    ["reads what nothing makes", { node: [relu("r", "nowhere", "y")] }, /"r" \(Relu\) reads "nowhere"/],
    ["makes a tensor twice", { node: [relu("r", "x", "y"), relu("s", "x", "y")] }, /"y" is made twice/],
    ["makes its own input", { node: [relu("r", "x", "x")] }, /"x" is made twice/],
    ["has two initializers of a name", { initializer: [weights("w"), weights("w")] }, /Two initializers/],
    ["has a cycle", { node: [relu("r", "b", "a"), relu("s", "a", "b"), relu("t", "x", "y")] }, /circle/],
    ["never makes its output", { output: [value("z", 1)] }, /"z" of the graph is made by nothing/],
    ["has no outputs", { output: [] }, /no outputs/],
    [
      "has a node without an operator",
      { node: [{ name: "n", input: ["x"], output: ["y"] }] },
      /"n" has no operator/,
    ],
    ["has an input of negative size", { input: [value("x", -1, 2)] }, /"x" has a dimension of -1/],
    ["has an input without a name", { input: [value("", 1), value("x", 1)] }, /no name/],
  ];
  test.each(cases)("%s", (_, graph, message) => {
    expect(() => read(graph)).toThrow(refused("bad-model", message));
  });

  test("does not say its opset", () => {
    expect(() => read({}, { opsetImport: [] })).toThrow(refused("bad-model", /opset/));
  });
});

describe("a model of a kind that is not read", () => {
  test.each([8n, 19n])("opset %s", (version) => {
    expect(() => read({}, { opsetImport: [{ version }] })).toThrow(
      refused("unsupported-model", /opsets 9 to 18 are read/),
    );
  });

  test.each([9n, 13n, 18n])("but opset %s is", (version) => {
    expect(read({}, { opsetImport: [{ version }] }).opsets.get("")).toBe(Number(version));
  });

  test.each([2n, 14n])("IR version %s", (irVersion) => {
    expect(() => read({}, { irVersion })).toThrow(refused("unsupported-model", /IR version/));
  });

  test("functions", () => {
    expect(() => read({}, { functions: [{ name: "f" }] })).toThrow(
      refused("unsupported-model", /"f".*Inline/),
    );
  });

  test("sparse initializers", () => {
    const graph = { sparseInitializer: [{ values: weights("s"), dims: [2n] }] };
    expect(() => read(graph)).toThrow(refused("unsupported-model", /"s" is sparse/));
  });

  const typed = (type: object) => ({ input: [{ name: "x", type: { value: type } }] }) as GraphInit;
  test.each([
    ["a sequence", typed({ case: "sequenceType", value: {} }), /"x" is no dense tensor but a sequence/],
    [
      "a float16 input",
      typed({ case: "tensorType", value: { elemType: Type.FLOAT16, shape: dims(1) } }),
      /FLOAT16/,
    ],
    ["text", typed({ case: "tensorType", value: { elemType: Type.STRING, shape: dims(1) } }), /STRING/],
    [
      "an input without a shape",
      typed({ case: "tensorType", value: { elemType: Type.FLOAT } }),
      /"x" has no shape/,
    ],
    ["an input without a type", { input: [{ name: "x" }] }, /unknown type/],
  ])("%s", (_, graph, message) => {
    expect(() => read(graph)).toThrow(refused("unsupported-model", message));
  });

  test("more than 512 MB", () => {
    // Not touched, so not made: only the length is looked at.
    const bytes = new Uint8Array(512 * 2 ** 20 + 1);
    expect(() => readOnnx(bytes)).toThrow(refused("unsupported-model", /513 MB/));
  });
});
