import { throwIfAborted } from "../../graph/errors";
import type { FolderHandle } from "./folder-handle";
import { type ImageSet, imageSetOf, type SetFile } from "./image-set";

export interface ListOptions {
  readonly signal: AbortSignal;
  /** Files found so far. */
  readonly onProgress?: (found: number) => void;
}

/**
 * Lists a folder and all folders in it, without opening a file. A folder in it that may not be
 * read is named in `closed`. Throws what the browser throws if the chosen one is gone, `aborted`.
 */
export async function listFolder(folder: FolderHandle, options: ListOptions): Promise<ImageSet> {
  const files: SetFile[] = [];
  const closed: string[] = [];

  async function walk(handle: FolderHandle, prefix: string): Promise<void> {
    for await (const entry of handle.values()) {
      throwIfAborted(options.signal);
      const path = prefix + entry.name;
      if (entry.kind === "file") {
        files.push({ path, open: () => entry.getFile() });
        options.onProgress?.(files.length);
      } else {
        await walk(entry, `${path}/`).catch((error) => {
          throwIfAborted(options.signal);
          if (!(error instanceof DOMException)) throw error;
          closed.push(path);
        });
      }
    }
  }

  await walk(folder, "");
  return imageSetOf(folder.name, files, { closed, folder });
}
