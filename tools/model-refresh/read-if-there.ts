import { readNamedFile } from "../../cli/read-file";

/** A file's bytes; null if there is none. Throws the system's other errors, with the path. */
export async function readIfThere(path: string): Promise<Uint8Array | null> {
  try {
    return await readNamedFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
