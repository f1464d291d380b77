import { readFile } from "node:fs/promises";

/** Reads a file; an error always knows the file's name, which Node leaves out for folders. */
export async function readNamedFile(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw error instanceof Error ? Object.assign(error, { path }) : error;
  }
}

/** The same as UTF-8 text. */
export async function readNamedText(path: string): Promise<string> {
  return new TextDecoder().decode(await readNamedFile(path));
}
