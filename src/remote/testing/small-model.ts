import type { EndpointInfo, ModelNeeds } from "../endpoint";

/** A model with the ways of the real one and 12 bytes an image. */
export const smallModel: ModelNeeds = { name: "mobilenet-v1", inputShape: [1, 2, 2, 3], classes: 1000 };

/** What a server of the small model says of itself. */
export function smallInfo(binary: boolean, datatype = "INT32"): EndpointInfo {
  return {
    server: { name: "test", version: "1", extensions: binary ? ["binary_tensor_data"] : [] },
    model: {
      name: smallModel.name,
      versions: ["1"],
      platform: "test",
      input: { name: "image", datatype: "UINT8", shape: [-1, 2, 2, 3] },
      output: { name: "top", datatype, shape: [-1, 5] },
      classes: smallModel.classes,
    },
    binary,
  };
}

/** An image of the small model whose answer is `topOf(first)`. */
export const smallImage = (first: number) => Uint8Array.from({ length: 12 }, (_, i) => (first + i) % 256);

/** What the server of the tests answers for an image that begins with this byte. */
export const topOf = (first: number) => [first, first + 700, 256, 257, 258].map((index) => index % 1000);
