import * as v from "valibot";
import { boards } from "../../hardware/boards";
import { parseAddress } from "../../remote/address";
import { viewIds } from "../views";
import { isFoldingText } from "./folding-link";
import type { BoardName } from "./folding-slice";
import { readPixel } from "./pixel-link";
import { engineChoices } from "./settings-slice";
import { tourLength } from "./tour-slice";

/** What a link restores. `null`: the link does not say. */
export interface LinkState {
  readonly view: (typeof viewIds)[number] | null;
  /** A sample photo by its name. A user's own photo never gets into a link. */
  readonly sample: string | null;
  readonly engine: (typeof engineChoices)[number] | null;
  readonly board: BoardName | null;
  /** How the folding differs from the board's own. */
  readonly folding: string | null;
  /** Name of the node that is looked at. */
  readonly node: string | null;
  /** Number of the channel that is looked at, from 0. */
  readonly channel: string | null;
  /** The pixel that is looked at, as `pixelText` writes it. */
  readonly pixel: string | null;
  /** The cycle that is looked at, from 0. */
  readonly cycle: string | null;
  /** The block under the lens: "dws-7". */
  readonly block: string | null;
  /** Step of the guided tour, from 1. */
  readonly tour: string | null;
  /** Address of an endpoint, for `parseAddress`; never its token. */
  readonly endpoint: string | null;
}

/** The version of the format. Later versions may add fields; a changed meaning needs a new number. */
const linkVersion = "1";

const boardNames = Object.values(boards).map(({ name }) => name);

const fields = {
  view: v.picklist(viewIds),
  sample: v.pipe(v.string(), v.regex(/^[\w-]{1,60}$/)),
  engine: v.picklist(engineChoices),
  board: v.picklist(boardNames),
  folding: v.pipe(v.string(), v.check(isFoldingText)),
  node: v.pipe(v.string(), v.regex(/^[A-Za-z]\w{0,79}$/)),
  channel: v.pipe(v.string(), v.regex(/^\d{1,5}$/)),
  pixel: v.pipe(
    v.string(),
    v.check((text) => readPixel(text) !== null),
  ),
  cycle: v.pipe(v.string(), v.regex(/^\d{1,10}$/)),
  block: v.pipe(v.string(), v.regex(/^[a-z]{1,20}(-\d{1,3})?$/)),
  tour: v.picklist(Array.from({ length: tourLength }, (_, i) => String(i + 1))),
  endpoint: v.pipe(v.string(), v.maxLength(200), v.check(isAddress)),
};

const fieldNames = [
  "view",
  "sample",
  "engine",
  "board",
  "folding",
  "node",
  "channel",
  "pixel",
  "cycle",
  "block",
  "tour",
  "endpoint",
] as const satisfies readonly (keyof LinkState)[];

const nothing: LinkState = {
  view: null,
  sample: null,
  engine: null,
  board: null,
  folding: null,
  node: null,
  channel: null,
  pixel: null,
  cycle: null,
  block: null,
  tour: null,
  endpoint: null,
};

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
  const state = {
    view: read("view"),
    sample: read("sample"),
    engine: read("engine"),
    board: read("board"),
    folding: read("folding"),
    node: read("node"),
    channel: read("channel"),
    pixel: read("pixel"),
    cycle: read("cycle"),
    block: read("block"),
    tour: read("tour"),
    endpoint: read("endpoint"),
  };
  const unknown = [...new Set(entries.keys())].filter((name) => name !== "v" && !Object.hasOwn(fields, name));
  if (unknown.length > 0) {
    problems.push(`Part of the link was not understood: ${shorten(unknown.join(", "))}.`);
  }
  return { state, problems };
}

/** The hash for a state, with its `#`. `readLink` gives the same state back. */
export function writeLink(state: Partial<LinkState>): string {
  const entries = new URLSearchParams({ v: linkVersion });
  for (const name of fieldNames) {
    const value = state[name] ?? null;
    if (value !== null) entries.set(name, value);
  }
  return `#${entries}`;
}

function isAddress(text: string): boolean {
  try {
    return parseAddress(text) !== "";
  } catch {
    return false;
  }
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
