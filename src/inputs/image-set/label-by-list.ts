import { classFinder } from "./class-finder";
import { fileName } from "./image-set";
import { type ClassSpace, type Labelling, troublesOf } from "./labelling";

export interface LabelList {
  /** Its path in the set, which the names in it may be relative to; its own name if it came from elsewhere. */
  readonly path: string;
  readonly text: string;
}

/**
 * Labels by a list such as Caffe's `val.txt`: a line has a file, then a space, tab or comma, then the
 * class's index (from 0) or name. Empty lines and those that begin with "#" are passed over. A file is
 * named by its path in the set, its path from the list's folder, or its name alone, if no other
 * file of the set has it.
 */
export function labelByList(paths: readonly string[], list: LabelList, space: ClassSpace): Labelling {
  const locate = fileFinder(paths, list.path);
  const find = classFinder(space);
  const found = { index: 0, name: 0, wordnet: 0 };
  const labels = new Map<string, number>();
  const listed = new Set<string>();
  const unknown: string[] = [];
  const absent: string[] = [];
  const ambiguous: string[] = [];
  const contradictory = new Set<string>();
  for (const line of list.text.replace(/^\uFEFF/, "").split(/\r?\n/)) {
    if (/^\s*(#|$)/.test(line)) continue;
    const [file, text] = fileAndLabel(line.trim(), (name) => locate(name) !== null);
    const path = locate(file);
    if (path === null) absent.push(file);
    else if (path === "ambiguous") ambiguous.push(file);
    else {
      listed.add(path.found);
      const named = find(text);
      const before = labels.get(path.found);
      if (!named) unknown.push(text);
      else if (before !== undefined && before !== named.index) contradictory.add(path.found);
      else if (before === undefined) {
        labels.set(path.found, named.index);
        found[named.way]++;
      }
    }
  }
  for (const path of contradictory) labels.delete(path);
  const troubles = troublesOf({
    "unknown-label": unknown,
    "no-file": absent,
    "ambiguous-file": ambiguous,
    contradiction: contradictory,
    "not-listed": paths.filter((path) => !listed.has(path)),
  });
  return { labels, found, troubles };
}

/**
 * Where a line is cut. Names of files and classes may have spaces and commas in them: of the
 * cuts that make sense the first whose file is there.
 */
function fileAndLabel(line: string, exists: (file: string) => boolean): readonly [string, string] {
  const cuts = [
    /^(.*\S)[\s,]+(\d+)$/,
    /^([^\t]*)\t(.*)$/,
    /^([^,]*),(.*)$/,
    /^(\S*)\s+(.*)$/,
    /^(.*\S)\s+(\S+)$/,
  ];
  const candidates = cuts.flatMap((cut) => {
    const [, file, label] = cut.exec(line) ?? [];
    return file === undefined || label === undefined ? [] : [[unquoted(file), unquoted(label)] as const];
  });
  return candidates.find(([file]) => exists(file)) ?? candidates[0] ?? [line, ""];
}

const unquoted = (text: string) =>
  text
    .trim()
    .replace(/,$/, "")
    .trim()
    .replace(/^"(.*)"$/, "$1");

type Located = { readonly found: string } | "ambiguous" | null;

function fileFinder(paths: readonly string[], listPath: string): (name: string) => Located {
  const all = new Set(paths);
  const byName = new Map<string, string | "ambiguous">();
  for (const path of paths) {
    const name = fileName(path);
    byName.set(name, byName.has(name) ? "ambiguous" : path);
  }
  const base = listPath.slice(0, listPath.lastIndexOf("/") + 1);
  return (written) => {
    const name = written.replaceAll("\\", "/").replace(/^(\.\/)+/, "");
    if (all.has(name)) return { found: name };
    if (all.has(base + name)) return { found: base + name };
    const alone = byName.get(fileName(name));
    // A path of which only the last name is there is another file's.
    if (alone === undefined || (name.includes("/") && !alone.endsWith(`/${name}`))) return null;
    return alone === "ambiguous" ? alone : { found: alone };
  };
}
