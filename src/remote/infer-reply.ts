import * as v from "valibot";
import type { EndpointInfo, RemoteResult } from "./endpoint";
import { shapeText, topCount } from "./fitting-model";
import { jsonLengthHeader } from "./infer-request";
import { readIntegers } from "./integer-tensor";
import { parseJson, type RefuseReply } from "./parse-json";
import { topClasses } from "./top-classes";

const parameters = v.nullish(v.record(v.string(), v.unknown()), {});

const outputTensor = v.object({
  name: v.string(),
  datatype: v.string(),
  shape: v.array(v.pipe(v.number(), v.integer())),
  parameters,
  data: v.optional(v.array(v.unknown())),
});

const inferenceReply = v.object({
  id: v.nullish(v.string()),
  model_name: v.nullish(v.string()),
  parameters,
  outputs: v.array(outputTensor),
});

type OutputTensor = v.InferOutput<typeof outputTensor>;

/** What an answer must be to: a late one, or one for somebody else, is refused. */
export interface Expected {
  readonly id: string;
  readonly info: EndpointInfo;
  /** Images in the request. */
  readonly batch: number;
}

/**
 * The answer in a reply, JSON or binary, whichever was asked for. Throws what `refuse` makes of the
 * first thing that is wrong.
 */
export function decodeReply(
  bytes: Uint8Array,
  headers: Headers,
  { id, info, batch }: Expected,
  refuse: RefuseReply,
): Pick<RemoteResult, "top" | "parameters"> {
  const { json, binary } = splitReply(bytes, headers, refuse);
  const reply = parseJson(json, inferenceReply, refuse);
  if (reply.id !== id) {
    throw refuse(
      reply.id == null
        ? "It does not say which request it answers (no id)."
        : "It answers another request (its id is foreign).",
    );
  }
  const { name, output, classes } = info.model;
  if (reply.model_name != null && reply.model_name !== name) {
    throw refuse(`It comes from the model “${reply.model_name.slice(0, 60)}”, not from “${name}”.`);
  }
  const found = reply.outputs.filter((tensor) => tensor.name === output.name);
  const [tensor] = found;
  if (!tensor || found.length > 1)
    throw refuse(`It has ${found.length} outputs named “${output.name}”, not 1.`);
  const wanted = [batch, topCount];
  if (shapeText(tensor.shape) !== shapeText(wanted)) {
    throw refuse(
      `Its output has the shape ${shapeText(tensor.shape.slice(0, 8))}, not ${shapeText(wanted)}.`,
    );
  }
  if (tensor.datatype !== output.datatype) {
    throw refuse(`Its output is of type ${tensor.datatype.slice(0, 20)}, not ${output.datatype}.`);
  }
  const slices = binarySlices(reply.outputs, binary, refuse);
  const slice = slices.get(tensor);
  const values = slice ? readIntegers(tensor.datatype, slice) : jsonValues(tensor, batch);
  if (!values) throw refuse(`Its output is no list of ${tensor.datatype} numbers.`);
  return {
    top: topClasses(values, { batch, classes }, refuse),
    parameters: plainParameters(reply.parameters),
  };
}

/** Cuts a reply in its JSON and the tensors' bytes behind it. */
function splitReply(bytes: Uint8Array, headers: Headers, refuse: RefuseReply) {
  const jsonLength = headers.get(jsonLengthHeader);
  if (jsonLength === null) {
    if (headers.get("Content-Type")?.startsWith("application/octet-stream")) {
      throw refuse(
        `It is binary, but its header ${jsonLengthHeader} is missing or not shown to this page: the endpoint, or a proxy in front, must name it in Access-Control-Expose-Headers.`,
      );
    }
    return { json: bytes, binary: new Uint8Array() };
  }
  const length = /^\d{1,15}$/.test(jsonLength) ? Number(jsonLength) : -1;
  if (length < 0) throw refuse(`Its header ${jsonLengthHeader} is no number.`);
  if (length > bytes.length) throw refuse("It is cut off: its JSON is shorter than its header says.");
  return { json: bytes.subarray(0, length), binary: bytes.subarray(length) };
}

/** Which bytes belong to which output: they follow one another in the order of the outputs. */
function binarySlices(outputs: readonly OutputTensor[], binary: Uint8Array, refuse: RefuseReply) {
  const slices = new Map<OutputTensor, Uint8Array>();
  let at = 0;
  for (const output of outputs) {
    const size = output.parameters.binary_data_size;
    if (size === undefined) continue;
    if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) {
      throw refuse(`The size of its output “${output.name.slice(0, 60)}” is no number of bytes.`);
    }
    if (at + size > binary.length) {
      throw refuse(`Its binary part is cut off: ${binary.length} bytes of at least ${at + size}.`);
    }
    slices.set(output, binary.subarray(at, at + size));
    at += size;
  }
  if (at < binary.length) throw refuse(`${binary.length - at} bytes more came than its outputs have.`);
  return slices;
}

/** The numbers of a tensor in JSON, in row-major order: one flat list, or a list for each image. */
function jsonValues({ data }: OutputTensor, batch: number): number[] | null {
  if (!data) return null;
  const nested =
    data.length === batch &&
    data.every((row): row is unknown[] => Array.isArray(row) && row.length === topCount);
  const values = nested ? data.flat() : data;
  return values.every((value) => typeof value === "number" && Number.isInteger(value))
    ? (values as number[])
    : null;
}

/** The parameters that are plain values, as the protocol wants all of them to be. */
function plainParameters(all: Readonly<Record<string, unknown>>): RemoteResult["parameters"] {
  const plain = Object.entries(all).filter((entry): entry is [string, string | number | boolean] =>
    ["string", "number", "boolean"].includes(typeof entry[1]),
  );
  return Object.fromEntries(plain);
}
