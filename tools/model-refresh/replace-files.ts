import { rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { staging } from "../../cli/output-folder";
import { readIfThere } from "./read-if-there";

/** Files by their path from the root. Their folders are there. */
export type Files = ReadonlyMap<string, Uint8Array>;

/**
 * Replaces files, or makes them: all or none. Each is first written beside its place, and only when the
 * disk has taken all are they renamed; if that fails in the middle, those that were replaced get their
 * former content back. Throws the system's error.
 */
export async function replaceFiles(root: string, files: Files): Promise<void> {
  const staged = (path: string) => join(root, dirname(path), `${staging}${path.split("/").at(-1)}`);
  const former = new Map<string, Uint8Array | null>();
  try {
    for (const [path, content] of files) await writeFile(staged(path), content);
    for (const path of files.keys()) {
      const before = await readIfThere(join(root, path));
      await rename(staged(path), join(root, path));
      former.set(path, before);
    }
  } catch (error) {
    for (const [path, content] of former) {
      await (content ? writeFile(join(root, path), content) : rm(join(root, path)));
    }
    throw error;
  } finally {
    for (const path of files.keys()) await rm(staged(path), { force: true });
  }
}
