import { StreamscopeError } from "../graph/errors";

/** The one file that is looked at next, and what to tell the user about the choice. */
export interface PickedFile {
  readonly file: File;
  readonly notes: readonly string[];
}

/**
 * Takes the first picture of several files (or the first file, if none looks like a picture;
 * its bytes will tell). For a file input, and for drop and paste.
 *
 * Throws StreamscopeError `bad-image` if there is no file.
 */
export function pickFile(files: ArrayLike<File>): PickedFile {
  const all = Array.from(files);
  const file = all.find((one) => one.type.startsWith("image/")) ?? all[0];
  if (!file) throw new StreamscopeError("bad-image", "No file was chosen.");
  const notes = all.length > 1 ? [`${all.length} files at once: "${file.name}" is used.`] : [];
  return { file, notes };
}
