import { throwIfAborted } from "../../graph/errors";
import { type ImageSet, imageSetOf, type SetFile } from "./image-set";
import type { ListOptions } from "./list-folder";

/** Lists a dropped folder in browsers that give no handle to it. As `listFolder` otherwise. */
export async function listEntries(
  folder: FileSystemDirectoryEntry,
  { signal, onProgress }: ListOptions,
): Promise<ImageSet> {
  const files: SetFile[] = [];
  const closed: string[] = [];

  async function walk(directory: FileSystemDirectoryEntry, prefix: string): Promise<void> {
    const reader = directory.createReader();
    for (;;) {
      // At most a hundred at once; none when all were there.
      const entries = await new Promise<FileSystemEntry[]>((resolve, reject) =>
        reader.readEntries(resolve, reject),
      );
      throwIfAborted(signal);
      if (entries.length === 0) return;
      for (const entry of entries) {
        const path = prefix + entry.name;
        if (isFile(entry)) files.push({ path, open: () => new Promise((...done) => entry.file(...done)) });
        else if (isFolder(entry)) {
          await walk(entry, `${path}/`).catch((error) => {
            throwIfAborted(signal);
            if (!(error instanceof DOMException)) throw error;
            closed.push(path);
          });
        }
      }
      onProgress?.(files.length);
    }
  }

  await walk(folder, "");
  return imageSetOf(folder.name, files, { closed });
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
