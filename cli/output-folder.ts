import { access, constants, mkdir, readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { StreamscopeError } from "../src/graph/errors";

/** Files by their path within the folder, with `/`. They are put in place in this order. */
export type OutputFiles = ReadonlyMap<string, string | Uint8Array>;

/** A kind of folder that a command writes. */
export interface FolderKind {
  /** What is in it, such as `model package`. */
  readonly what: string;
  /** The files in a folder that is of this kind and may be replaced; null for any other folder. */
  earlierFiles(folder: string): Promise<readonly string[] | null>;
}

/** How the name of a folder begins that holds files until all are written; a killed run may leave one. */
export const staging = ".streamscope-partial-";

/**
 * May this folder be written to? Only if it does not exist, is empty, or is one of this kind. Throws
 * `bad-input` if not, and the system's error if it is no folder or may not be written to.
 */
export async function checkOutputFolder(folder: string, kind: FolderKind): Promise<void> {
  await replaceableFiles(folder, kind);
  await checkWritable(folder);
}

/**
 * Writes all files or none: first into a folder within `folder`, and only when the disk has taken
 * them all each is renamed to its place. Files of an earlier run that are not written again go. A
 * failure leaves the folder as it was, and no folder that was not there before. (Only if the system
 * refuses to rename in the middle of replacing an earlier run, new files stand beside old ones, each whole.)
 */
export async function writeOutputFolder(folder: string, files: OutputFiles, kind: FolderKind): Promise<void> {
  const earlier = await replaceableFiles(folder, kind);
  const made = await makeFolder(resolve(folder));
  const stage = join(folder, `${staging}${process.pid}`);
  try {
    for (const [path, content] of files) {
      await makeFolder(dirname(join(stage, path)));
      await writeFile(join(stage, path), content);
    }
    for (const path of files.keys()) {
      await makeFolder(dirname(join(folder, path)));
      await rename(join(stage, path), join(folder, path));
    }
    for (const path of earlier) if (!files.has(path)) await rm(join(folder, path), { force: true });
    await removeStages(folder);
  } catch (error) {
    await removeStages(folder);
    if (earlier.length === 0) await removeFiles(folder, files);
    if (made !== undefined) await removeEmpty(folder, made);
    // A full disk does not say which file, and the name of a temporary one helps nobody.
    throw error instanceof Error ? Object.assign(error, { path: folder }) : error;
  }
}

/**
 * Makes the folder and those above it that are missing; returns the first that it made. Node's own
 * `recursive` never ends where there is a folder in which none can be made, such as /proc.
 */
async function makeFolder(folder: string): Promise<string | undefined> {
  try {
    await mkdir(folder);
    return folder;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "EEXIST") return undefined;
    const above = dirname(folder);
    if (code !== "ENOENT" || above === folder) throw error;
    const made = await makeFolder(above);
    // Nothing was missing above, so it is this one that can not be made.
    if (made === undefined) throw error;
    await mkdir(folder);
    return made;
  }
}

/** The files of the folder that a new output takes the place of. Throws `bad-input` for others. */
async function replaceableFiles(folder: string, kind: FolderKind): Promise<readonly string[]> {
  const entries = await readdir(folder).catch(nothingThere);
  if (entries.every((entry) => entry.startsWith(staging))) return [];
  const earlier = await kind.earlierFiles(folder);
  if (earlier) return earlier;
  throw new StreamscopeError(
    "bad-input",
    `${folder} holds other files and no ${kind.what}. Choose an empty folder or a new name.`,
    { folder },
  );
}

function nothingThere(error: NodeJS.ErrnoException): [] {
  if (error.code === "ENOENT") return [];
  throw error;
}

/** Of a folder that does not exist yet, the nearest one above it that does must be writable. */
async function checkWritable(folder: string): Promise<void> {
  try {
    await access(folder, constants.W_OK);
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    const above = dirname(resolve(folder));
    if (!missing || above === resolve(folder)) throw error;
    await checkWritable(above);
  }
}

/** Ours, and those of killed runs. */
async function removeStages(folder: string): Promise<void> {
  const stages = (await readdir(folder)).filter((entry) => entry.startsWith(staging));
  for (const entry of stages) await rm(join(folder, entry), { recursive: true, force: true });
}

/** From a folder that was empty before. */
async function removeFiles(folder: string, files: OutputFiles): Promise<void> {
  const entries = new Set([...files.keys()].map((path) => path.split("/")[0] ?? path));
  for (const entry of entries) await rm(join(folder, entry), { recursive: true, force: true });
}

/** Removes the folders from `folder` up to `top` that hold nothing. */
async function removeEmpty(folder: string, top: string): Promise<void> {
  const last = resolve(top);
  let at = resolve(folder);
  while (at.length >= last.length) {
    try {
      await rmdir(at);
    } catch {
      return;
    }
    at = dirname(at);
  }
}
