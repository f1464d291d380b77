import type { FolderHandle } from "./folder-handle";

/** A file of a set. It is opened when its turn comes: a set may have tens of thousands. */
export interface SetFile {
  /** Below the chosen folder, with "/" between the names. No two files of a set have the same. */
  readonly path: string;
  /** Rejects if the file is gone, or may not be read any more. */
  open(): Promise<File>;
}

/** The pictures of a folder, and of the folders in it. */
export interface ImageSet {
  /** The folder's name. */
  readonly name: string;
  /** In the order of their paths. */
  readonly images: readonly SetFile[];
  /** Text files, which may say what is in the pictures. In the order of their paths. */
  readonly lists: readonly SetFile[];
  /** How many files are neither. */
  readonly ignored: number;
  /** Folders in it that may not be looked into, by path. */
  readonly closed: readonly string[];
  /** To ask for the folder again after a reload; null where the browser has no such thing. */
  readonly folder: FolderHandle | null;
}

/** Also pictures of kinds that we cannot read: they are named as such, and not passed over in silence. */
const pictureName = /\.(jpe?g|jpe|jfif|png|webp|avif|gif|bmp|tiff?|hei[cf]|jxl|jp2)$/i;
const listName = /\.(txt|csv|tsv)$/i;

/** Sorts what a folder holds. Hidden files (`.DS_Store`, macOS's `._photo.jpg`) are no pictures. */
export function imageSetOf(
  name: string,
  files: readonly SetFile[],
  { closed = [], folder = null }: Partial<Pick<ImageSet, "closed" | "folder">> = {},
): ImageSet {
  const shown = files.filter(({ path }) => !fileName(path).startsWith("."));
  const images = shown.filter(({ path }) => pictureName.test(path)).sort(byPath);
  const lists = shown.filter(({ path }) => listName.test(path)).sort(byPath);
  return { name, images, lists, ignored: files.length - images.length - lists.length, closed, folder };
}

/** The last name of a path. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The name of the folder that a file is in; null at the top of the set. */
export function folderName(path: string): string | null {
  return path.split("/").at(-2) ?? null;
}

function byPath(a: SetFile, b: SetFile): number {
  return a.path < b.path ? -1 : 1;
}
