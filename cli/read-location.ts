import { stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { StreamscopeError } from "../src/graph/errors";
import { type DownloadOptions, download } from "./download";
import { readNamedFile } from "./read-file";

/**
 * Reads what an `https:`, `http:` or `file:` address or a plain path leads to, into memory. Throws as
 * `download` does, and the system's error for a file that can not be read.
 */
export async function readLocation(location: string, options: DownloadOptions): Promise<Uint8Array> {
  const url = addressOf(location);
  if (url === null) return readLocalFile(location, options.maxBytes);
  if (url.protocol === "file:") return readLocalFile(fileURLToPath(url), options.maxBytes);
  if (url.protocol === "https:" || url.protocol === "http:") return download(url, options);
  throw new StreamscopeError(
    "bad-input",
    "The address must begin with https:, http: or file:, or be a path.",
  );
}

/** Null for a path. One letter before a colon is a drive of Windows. */
function addressOf(location: string): URL | null {
  if (!/^[a-z][a-z0-9+.-]+:/i.test(location)) return null;
  return URL.canParse(location) ? new URL(location) : null;
}

async function readLocalFile(path: string, maxBytes: number): Promise<Uint8Array> {
  const { size } = await stat(path);
  if (size > maxBytes) {
    throw new StreamscopeError(
      "bad-input",
      `The file is larger than ${maxBytes / 1e6} MB, so it is no model for this.`,
    );
  }
  return readNamedFile(path);
}
