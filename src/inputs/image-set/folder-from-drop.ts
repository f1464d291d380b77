import { StreamscopeError } from "../../graph/errors";
import type { FileHandle, FolderHandle } from "./folder-handle";
import type { ImageSet } from "./image-set";
import { listEntries } from "./list-entries";
import { type ListOptions, listFolder } from "./list-folder";

/** What we use of an item of a drop. */
export interface DroppedItem {
  readonly kind: string;
  webkitGetAsEntry?(): FileSystemEntry | null;
  /** Chromium: the same as a handle, which can be kept. */
  getAsFileSystemHandle?(): Promise<FileHandle | FolderHandle | null>;
}

const oneFolder = "Drop one folder with pictures in it.";

/**
 * Takes the folder out of a drop, which can be read only while its event is handled: what comes back
 * lists it afterwards, as `listFolder`. Throws `bad-input` if it is not one folder.
 */
export function folderFromDrop(
  items: ArrayLike<DroppedItem> | undefined,
): (options: ListOptions) => Promise<ImageSet> {
  const [item, ...more] = Array.from(items ?? []).filter(({ kind }) => kind === "file");
  const entry = item?.webkitGetAsEntry?.();
  if (!item || !entry?.isDirectory || more.length > 0) throw new StreamscopeError("bad-input", oneFolder);
  // Without a handle the folder can still be listed: only its way through a reload is missing.
  const handle = item.getAsFileSystemHandle?.().catch(() => null) ?? null;
  return async (options) => {
    const folder = await handle;
    return folder?.kind === "directory"
      ? listFolder(folder, options)
      : listEntries(entry as FileSystemDirectoryEntry, options);
  };
}
