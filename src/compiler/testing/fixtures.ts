import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { OnnxModel, Tensor } from "../../onnx/model";
import { readOnnx } from "../../onnx/read";
import { divide, float32Tensor, scalarTensor, subtract, transpose } from "../../onnx/tensor";
import { MOBILENET_PREPROCESSING } from "../passes/merge-preprocessing";

/** What qonnx's own executor computed for the files of fixtures/onnx; its README explains the fields. */
export interface Goldens {
  readonly networks: Readonly<Record<string, NetworkGolden>>;
  readonly fixtures: readonly FixtureGolden[];
  readonly refused: readonly {
    readonly file: string;
    readonly reason: string;
    /** The node or tensor a message should name. */
    readonly names: string;
    /** FINN could do it; a compiler need not refuse it. */
    readonly optional: boolean;
  }[];
}

interface NetworkGolden {
  readonly input: readonly [height: number, width: number, channels: number];
  readonly vector: boolean;
  readonly codes: string;
  readonly codesImages: readonly (readonly [kind: string, seed: number])[];
}

export interface FixtureGolden {
  readonly file: string;
  readonly network: string;
  readonly feed: "raw" | "normalised";
  readonly logitScale: number;
  readonly activations: readonly { readonly shape: readonly number[]; readonly signed: boolean }[];
  readonly results: readonly {
    readonly kind: "waves" | "lcg";
    readonly seed: number;
    readonly crc32: readonly number[];
    /** For each activation, values within a relative 1e-6, 1e-5 and 1e-4 of a rounding boundary. */
    readonly near: readonly (readonly number[] | null)[];
    readonly logitsInt: readonly number[];
    /** Codes of this file that are not those of the network's first: [activation, index, code]. */
    readonly differs: readonly (readonly [number, number, number])[];
  }[];
}

const folder = new URL("../../../fixtures/onnx/", import.meta.url);

export function readFixture(file: string): Uint8Array {
  return readFileSync(new URL(file, folder));
}

export function fixtureModel(file: string): OnnxModel {
  return readOnnx(readFixture(file));
}

export function goldens(): Goldens {
  return JSON.parse(readFileSync(new URL("goldens.json", folder), "utf8"));
}

/**
 * The activation codes that are stored in full: by image (in the order of `codesImages`), then
 * by activation. Channels last, a byte a value, signed ones in two's complement.
 */
export function storedCodes(network: NetworkGolden, fixture: FixtureGolden): Uint8Array[][] {
  const bytes = gunzipSync(readFixture(network.codes));
  let at = 0;
  return network.codesImages.map(() =>
    fixture.activations.map(({ shape }) => {
      const size = shape.reduce((product, dim) => product * dim, 1);
      at += size;
      return bytes.subarray(at - size, at);
    }),
  );
}

/** The tensor that a fixture is fed with for an image. */
export function fixtureInput(network: NetworkGolden, feed: string, kind: string, seed: number): Tensor {
  const [height, width, channels] = network.input;
  const image = kind === "lcg" ? lcgImage(seed, height * width * channels) : wavesImage(seed, network.input);
  if (network.vector) return float32Tensor([1, image.length], image);
  const nchw = transpose(float32Tensor([1, height, width, channels], image), [0, 3, 1, 2]);
  return feed === "normalised" ? normalise(nchw) : nchw;
}

function normalise(nchw: Tensor): Tensor {
  const { range, mean, deviation } = MOBILENET_PREPROCESSING;
  const centred = subtract(divide(nchw, scalarTensor(range)), float32Tensor([1, mean.length, 1, 1], mean));
  return divide(centred, float32Tensor([], deviation));
}

/** Noise from a linear congruential generator, bits 16 to 23 of each state. */
function lcgImage(seed: number, length: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = Number((1103515245n * BigInt(state) + 12345n) % 2n ** 31n);
    return (state >> 16) & 255;
  });
}

/** Three smooth ramps that cross. */
function wavesImage(seed: number, [height, width, channels]: NetworkGolden["input"]): Uint8Array {
  const triangle = (n: number, period: number) =>
    Math.floor((Math.abs((n % (2 * period)) - period) * 255) / period);
  const image = new Uint8Array(height * width * channels);
  let at = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) {
        const sum =
          triangle(3 * x + y * (c + 1) + 29 * seed, 97) +
          triangle(5 * y + x * (c + 2) + 53 * seed, 61) +
          triangle(Math.floor((x * y) / 64) + 37 * c + 11 * seed, 131);
        image[at++] = Math.floor(sum / 3);
      }
    }
  }
  return image;
}
