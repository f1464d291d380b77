import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeReply } from "./infer-reply";
import { refuseReplyOf } from "./parse-json";
import { smallInfo, smallModel } from "./testing/small-model";

const refuse = refuseReplyOf("http://fpga:8000");
const encode = (value: object) => new TextEncoder().encode(JSON.stringify(value));
const id = "request 1";

const arrays = { INT32: Int32Array, UINT16: Uint16Array } as const;

/** Both forms of the same answer. */
function replies(top: readonly number[][], datatype: keyof typeof arrays, beside: number) {
  const tensor = { name: "top", datatype, shape: [top.length, 5] };
  const other = { name: "other", datatype: "UINT8", shape: [beside] };
  const values = new Uint8Array(arrays[datatype].from(top.flat()).buffer);
  const head = encode({
    id,
    outputs: [
      { ...other, parameters: { binary_data_size: beside } },
      { ...tensor, parameters: { binary_data_size: values.length } },
    ],
  });
  const binary = new Uint8Array([...head, ...new Uint8Array(beside), ...values]);
  return {
    flat: encode({ id, outputs: [{ ...tensor, data: top.flat() }] }),
    nested: encode({ id, outputs: [{ ...tensor, data: top }] }),
    binary,
    headers: new Headers({ "Inference-Header-Content-Length": String(head.length) }),
  };
}

const anyTop = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 999 }), { minLength: 5, maxLength: 5 }), {
  minLength: 1,
  maxLength: 8,
});
const anyType = fc.constantFrom("INT32" as const, "UINT16" as const);

test("JSON, flat or nested, and binary hold the same answer", () => {
  fc.assert(
    fc.property(anyTop, anyType, fc.nat(20), (top, datatype, beside) => {
      const expected = { id, info: smallInfo(true, datatype), batch: top.length };
      const { flat, nested, binary, headers } = replies(top, datatype, beside);
      expect(decodeReply(flat, new Headers(), expected, refuse).top).toEqual(top);
      expect(decodeReply(nested, new Headers(), expected, refuse).top).toEqual(top);
      expect(decodeReply(binary, headers, expected, refuse).top).toEqual(top);
    }),
  );
});

test("no beginning of an answer passes for the whole", () => {
  fc.assert(
    fc.property(anyTop, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (top, part) => {
      const expected = { id, info: smallInfo(true), batch: top.length };
      const { flat, binary, headers } = replies(top, "INT32", 3);
      const cut = (bytes: Uint8Array) => bytes.subarray(0, Math.floor(bytes.length * part));
      const broken = expect.objectContaining({ details: expect.objectContaining({ fault: "bad-reply" }) });
      expect(() => decodeReply(cut(flat), new Headers(), expected, refuse)).toThrow(broken);
      expect(() => decodeReply(cut(binary), headers, expected, refuse)).toThrow(broken);
    }),
  );
});

test("bytes by chance are refused with a sentence, whatever they are", () => {
  const headers = fc.option(
    fc.oneof(fc.nat(300).map(String), fc.string()).filter((text) => /^[ -~]*$/.test(text)),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), headers, (bytes, length) => {
      const given = new Headers(length === null ? {} : { "Inference-Header-Content-Length": length });
      expect(() => decodeReply(bytes, given, { id, info: smallInfo(true), batch: 1 }, refuse)).toThrow(
        expect.objectContaining({ code: "endpoint" }),
      );
    }),
  );
});

describe("refused, and why", () => {
  const tensor = { name: "top", datatype: "INT32", shape: [1, 5], data: [1, 2, 3, 4, 5] };
  const decode = (reply: object, headers = {}) =>
    decodeReply(encode(reply), new Headers(headers), { id, info: smallInfo(true), batch: 1 }, refuse);

  test("the answer itself is taken", () => {
    expect(decode({ id, model_name: smallModel.name, parameters: null, outputs: [tensor] })).toEqual({
      top: [[1, 2, 3, 4, 5]],
      parameters: {},
    });
  });

  test.each<[RegExp, object]>([
    [/another request/, { id: "request 0", outputs: [tensor] }],
    [/no id/, { outputs: [tensor] }],
    [/from the model “resnet”/, { id, model_name: "resnet", outputs: [tensor] }],
    [/“outputs” is missing/, { id }],
    [/“outputs\.0\.shape\.0” is "1", not number/, { id, outputs: [{ ...tensor, shape: ["1", 5] }] }],
    [/0 outputs named “top”/, { id, outputs: [] }],
    [/2 outputs named “top”/, { id, outputs: [tensor, tensor] }],
    [/shape \[5\], not \[1,5\]/, { id, outputs: [{ ...tensor, shape: [5] }] }],
    [/type INT64, not INT32/, { id, outputs: [{ ...tensor, datatype: "INT64" }] }],
    [/no list of INT32/, { id, outputs: [{ ...tensor, data: [1, 2, 3, 4, 5.5] }] }],
    [/no list of INT32/, { id, outputs: [{ ...tensor, data: ["1", "2", "3", "4", "5"] }] }],
    [
      /no list of INT32/,
      {
        id,
        outputs: [
          {
            ...tensor,
            data: [
              [1, 2],
              [3, 4, 5],
            ],
          },
        ],
      },
    ],
    [/no list of INT32/, { id, outputs: [{ ...tensor, data: undefined }] }],
    [/4 numbers, not 5/, { id, outputs: [{ ...tensor, data: [1, 2, 3, 4] }] }],
    [/class 1000/, { id, outputs: [{ ...tensor, data: [1, 2, 3, 4, 1000] }] }],
    [/class 4 twice/, { id, outputs: [{ ...tensor, data: [1, 2, 3, 4, 4] }] }],
    [/cut off: 0 bytes/, { id, outputs: [{ ...tensor, parameters: { binary_data_size: 20 } }] }],
    [/no number of bytes/, { id, outputs: [{ ...tensor, parameters: { binary_data_size: -1 } }] }],
    [/no number of bytes/, { id, outputs: [{ ...tensor, parameters: { binary_data_size: "20" } }] }],
  ])("%s", (sentence, reply) => {
    expect(() => decode(reply)).toThrow(sentence);
  });

  test("a binary reply whose header the browser does not show", () => {
    expect(() => decode({ id, outputs: [tensor] }, { "Content-Type": "application/octet-stream" })).toThrow(
      /Access-Control-Expose-Headers/,
    );
  });

  test.each(["-1", "1e3", "12.5", "x"])("a header that says %s", (length) => {
    expect(() => decode({}, { "Inference-Header-Content-Length": length })).toThrow(/is no number/);
  });

  test("bytes too many", () => {
    const { binary, headers } = replies([[1, 2, 3, 4, 5]], "INT32", 0);
    const longer = new Uint8Array([...binary, 0]);
    const expected = { id, info: smallInfo(true), batch: 1 };
    expect(() => decodeReply(longer, headers, expected, refuse)).toThrow(/1 bytes more/);
  });
});

test("parameters that are no plain values are left out", () => {
  const reply = { id, parameters: { a: 1, b: "x", c: true, d: null, e: [1], f: {} } };
  const outputs = [{ name: "top", datatype: "INT32", shape: [1, 5], data: [1, 2, 3, 4, 5] }];
  const expected = { id, info: smallInfo(false), batch: 1 };
  const { parameters } = decodeReply(encode({ ...reply, outputs }), new Headers(), expected, refuse);
  expect(parameters).toEqual({ a: 1, b: "x", c: true });
});
