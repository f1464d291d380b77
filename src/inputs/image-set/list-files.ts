import { StreamscopeError } from "../../graph/errors";
import { type ImageSet, imageSetOf } from "./image-set";

/**
 * The set of a folder that was chosen with `<input webkitdirectory>`, which gives its files as a flat
 * list, each with its path from the folder's name on. Throws `bad-input` for a folder without files.
 */
export function listFiles(chosen: ArrayLike<File>): ImageSet {
  const files = Array.from(chosen);
  const [first] = files;
  if (!first) throw new StreamscopeError("bad-input", "The folder is empty. Choose one with pictures.");
  const [name = ""] = first.webkitRelativePath.split("/");
  return imageSetOf(
    name,
    files.map((file) => ({
      path: file.webkitRelativePath.slice(name.length + 1),
      open: async () => file,
    })),
  );
}
