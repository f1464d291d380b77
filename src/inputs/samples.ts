import * as v from "valibot";
import { StreamscopeError, throwIfAborted } from "../graph/errors";

const webAddress = v.pipe(v.string(), v.url(), v.startsWith("https://"));
const fileName = /^[\w-]+\.(jpg|png|webp|avif)$/;
const someText = v.pipe(v.string(), v.minLength(1));

/** An entry of `samples/samples.json`: a photo that comes with the app, and whose it is. */
const sampleSchema = v.object({
  file: v.pipe(v.string(), v.regex(fileName, "a plain file name was expected")),
  /** A small version for the list, so that the first visit stays small. */
  thumb: v.pipe(
    v.string(),
    v.regex(/^thumbs\/[\w-]+\.(jpg|png|webp|avif)$/, "a file in thumbs/ was expected"),
  ),
  title: someText,
  alt: someText,
  credit: someText,
  /** SPDX expression. */
  licence: someText,
  licenceUrl: webAddress,
  /** Where the photo was first published. */
  origin: webAddress,
  /** The package it was taken from. */
  source: someText,
});

export type Sample = v.InferOutput<typeof sampleSchema> & {
  readonly url: string;
  readonly thumbUrl: string;
};

/** Where the samples are, and how to stop. */
export interface SampleOptions {
  /** The app's folder, absolute: on a page `document.baseURI`. */
  readonly base: string;
  readonly signal?: AbortSignal;
}

/**
 * The sample photos of the app, in the order to show them.
 *
 * Throws StreamscopeError: `network` if the list cannot be fetched, `bad-input` if it is not
 * as expected, `aborted`.
 */
export async function loadSamples({ base, signal }: SampleOptions): Promise<Sample[]> {
  const listUrl = new URL("samples/samples.json", base);
  const response = await get(listUrl, "list of sample photos", signal);
  const result = v.safeParse(v.array(sampleSchema), await response.json().catch(() => null));
  throwIfAborted(signal);
  if (!result.success) {
    const [issue] = result.issues;
    const place = v.getDotPath(issue);
    throw new StreamscopeError(
      "bad-input",
      `The list of sample photos is damaged${place ? ` at ${place}` : ""}: ${issue.message}.`,
    );
  }
  return result.output.map((sample) => ({
    ...sample,
    url: new URL(sample.file, listUrl).href,
    thumbUrl: new URL(sample.thumb, listUrl).href,
  }));
}

/** The file of a sample. Throws StreamscopeError: `network`, `aborted`. */
export async function fetchSample(sample: Sample, options: { signal?: AbortSignal } = {}): Promise<Blob> {
  const { signal } = options;
  const response = await get(sample.url, `photo "${sample.title}"`, signal);
  return response.blob().catch((cause) => {
    throw failure(`photo "${sample.title}"`, signal, cause);
  });
}

async function get(url: string | URL, what: string, signal: AbortSignal | undefined): Promise<Response> {
  const response = await fetch(url, signal ? { signal } : {}).catch((cause) => {
    throw failure(what, signal, cause);
  });
  if (!response.ok)
    throw new StreamscopeError("network", `The ${what} could not be loaded: status ${response.status}.`);
  return response;
}

function failure(what: string, signal: AbortSignal | undefined, cause: unknown): StreamscopeError {
  return signal?.aborted
    ? new StreamscopeError("aborted", "Stopped.")
    : new StreamscopeError(
        "network",
        `The ${what} could not be loaded. Is there a connection?`,
        {},
        { cause },
      );
}
