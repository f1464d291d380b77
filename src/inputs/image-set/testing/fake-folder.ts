import type { FolderHandle } from "../folder-handle";

/**
 * A folder in memory: contents by path.
 * `closed` folders cannot be listed; a file that was taken out of `contents` is gone.
 */
export function fakeFolder(
  name: string,
  contents: Record<string, string>,
  { closed = [], modifiedMs = 1000 }: { closed?: readonly string[]; modifiedMs?: number } = {},
): FolderHandle {
  const folder = (folderName: string, prefix: string): FolderHandle => ({
    kind: "directory",
    name: folderName,
    async *values() {
      if (closed.includes(prefix.slice(0, -1))) throw new DOMException("closed", "NotAllowedError");
      const inside = Object.keys(contents).filter((path) => path.startsWith(prefix));
      const names = new Set(inside.map((path) => path.slice(prefix.length).split("/")[0]!));
      for (const entry of names) {
        const path = prefix + entry;
        if (path in contents) {
          const getFile = async () => {
            const content = contents[path];
            if (content === undefined) throw new DOMException("gone", "NotFoundError");
            return new File([content], entry, { lastModified: modifiedMs });
          };
          yield { kind: "file", name: entry, getFile };
        } else yield folder(entry, `${path}/`);
      }
    },
  });
  return folder(name, "");
}
