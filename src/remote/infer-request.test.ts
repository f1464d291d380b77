import fc from "fast-check";
import { expect, test } from "vitest";
import type { EndpointInfo } from "./endpoint";
import { encodeRequest } from "./infer-request";
import { smallInfo } from "./testing/small-model";

/** Images of any shape, and an endpoint that takes such. */
const requests = fc
  .record({
    shape: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
    batch: fc.integer({ min: 1, max: 6 }),
  })
  .chain(({ shape, batch }) => {
    const size = shape.reduce((product, side) => product * side, 1);
    const image = fc.uint8Array({ minLength: size, maxLength: size });
    return fc.record({
      shape: fc.constant(shape),
      images: fc.array(image, { minLength: batch, maxLength: batch }),
      inputName: fc.string({ unit: "grapheme" }),
    });
  });

function infoOf(binary: boolean, name: string, shape: readonly number[]): EndpointInfo {
  const info = smallInfo(binary);
  return { ...info, model: { ...info.model, input: { name, datatype: "UINT8", shape: [-1, ...shape] } } };
}

const text = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes));

test("binary and JSON requests hold the same images", () => {
  fc.assert(
    fc.property(requests, ({ shape, images, inputName }) => {
      const pixels = images.flatMap((image) => [...image]);
      const input = { name: inputName, datatype: "UINT8", shape: [images.length, ...shape] };

      const json = encodeRequest(infoOf(false, inputName, shape), "id 1", images);
      expect(text(json.body)).toEqual({
        id: "id 1",
        inputs: [{ ...input, data: pixels }],
        outputs: [{ name: "top" }],
      });

      const { headers, body } = encodeRequest(infoOf(true, inputName, shape), "id 1", images);
      // The header counts bytes, which are more than characters where names are not plain ASCII.
      const length = Number(headers["Inference-Header-Content-Length"]);
      expect([...body.subarray(length)]).toEqual(pixels);
      expect(text(body.subarray(0, length))).toEqual({
        id: "id 1",
        parameters: { binary_data_output: true },
        inputs: [{ ...input, parameters: { binary_data_size: pixels.length } }],
        outputs: [{ name: "top", parameters: { binary_data: true } }],
      });
    }),
  );
});
