import { StreamscopeError } from "../errors";
import type { Manifest } from "./manifest";
import { readManifest } from "./read";
import { manifestChecksum } from "./write";

/** Names of classes out of a file with one a line. An empty last line is none. */
export function readLabels(text: string): string[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

/**
 * The manifest's text with other names of the classes, or with none; its checksum is another then.
 * Throws `bad-input` for a number of names that the network does not have, `bad-package` for what is
 * no manifest.
 */
export function relabelled(text: string, labels: readonly string[] | null): string {
  const { checksum: _, ...manifest } = readManifest(text);
  const last = manifest.nodes.at(-1);
  const classes = last?.kind === "LabelSelect" ? last.labels : 0;
  if (labels && labels.length !== classes) {
    throw new StreamscopeError(
      "bad-input",
      `The labels file has ${labels.length} lines, but the network has ${classes} classes. It needs one name a line, in the order of the classes.`,
      { lines: labels.length, classes },
    );
  }
  // The file's own order of keys, which the checksum depends on, is that of the schema.
  const body: Omit<Manifest, "checksum"> = { ...manifest, labels: labels && [...labels] };
  return JSON.stringify({ ...body, checksum: manifestChecksum(body) });
}
