/** What we use of a FileSystemFileHandle. */
export interface FileHandle {
  readonly kind: "file";
  readonly name: string;
  getFile(): Promise<File>;
}

/** What we use of a FileSystemDirectoryHandle. Browsers can keep it in IndexedDB. */
export interface FolderHandle {
  readonly kind: "directory";
  readonly name: string;
  values(): AsyncIterable<FileHandle | FolderHandle>;
  /** Chromium only: elsewhere a handle that is there may be read. */
  queryPermission?(wish: { readonly mode: "read" }): Promise<PermissionState>;
  /** Needs a click that is not long ago. */
  requestPermission?(wish: { readonly mode: "read" }): Promise<PermissionState>;
}

/** May the folder be read? Asks the user where the browser wants that. */
export async function mayRead(folder: FolderHandle): Promise<boolean> {
  const wish = { mode: "read" } as const;
  const known = (await folder.queryPermission?.(wish)) ?? "granted";
  if (known !== "prompt") return known === "granted";
  return (await folder.requestPermission?.(wish)) === "granted";
}

/** The browser's choice of a folder, where it has one. */
export type FolderPicker = (options: { readonly id: string; readonly mode: "read" }) => Promise<FolderHandle>;

/** Null in browsers that have only `<input webkitdirectory>`. */
export function folderPicker(scope: object = globalThis): FolderPicker | null {
  if (!("showDirectoryPicker" in scope)) return null;
  const { showDirectoryPicker } = scope;
  return typeof showDirectoryPicker === "function" ? showDirectoryPicker.bind(scope) : null;
}
