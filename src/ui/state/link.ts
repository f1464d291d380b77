import * as v from "valibot";
import { viewIds } from "../views";
import { engineChoices } from "./settings-slice";

/** What a link restores. `null`: the link does not say. */
export interface LinkState {
  readonly view: (typeof viewIds)[number] | null;
  /** A sample photo by its name. A user's own photo never gets into a link. */
  readonly sample: string | null;
  readonly engine: (typeof engineChoices)[number] | null;
}

/** The version of the format. Later versions may add fields; a changed meaning needs a new number. */
const linkVersion = "1";

const fields = {
  view: v.picklist(viewIds),
  sample: v.pipe(v.string(), v.regex(/^[\w-]{1,60}$/)),
  engine: v.picklist(engineChoices),
};

const nothing: LinkState = { view: null, sample: null, engine: null };

/**
 * Reads the part of an address after `#`, with or without it: `v=1&view=classify&sample=panda`.
 * What cannot be read is left out and named in `problems`, in sentences; it never throws.
 */
export function readLink(hash: string): { state: LinkState; problems: string[] } {
  const entries = new URLSearchParams(hash.replace(/^#/, ""));
  const version = entries.get("v") ?? linkVersion;
  if (version !== linkVersion) {
    return { state: nothing, problems: ["This link was made by another version of Streamscope."] };
  }
  const problems: string[] = [];
  const read = <K extends keyof typeof fields>(name: K): v.InferOutput<(typeof fields)[K]> | null => {
    const text = entries.get(name);
    if (text === null) return null;
    const result = v.safeParse(fields[name], text);
    if (result.success) return result.output;
    problems.push(`The link asks for ${name} "${shorten(text)}", which is not there.`);
    return null;
  };
  const state = { view: read("view"), sample: read("sample"), engine: read("engine") };
  const unknown = [...new Set(entries.keys())].filter((name) => name !== "v" && !Object.hasOwn(fields, name));
  if (unknown.length > 0) {
    problems.push(`Part of the link was not understood: ${shorten(unknown.join(", "))}.`);
  }
  return { state, problems };
}

/** The hash for a state, with its `#`. `readLink` gives the same state back. */
export function writeLink(state: LinkState): string {
  const entries = new URLSearchParams({ v: linkVersion });
  for (const name of ["view", "sample", "engine"] as const) {
    const value = state[name];
    if (value !== null) entries.set(name, value);
  }
  return `#${entries}`;
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
