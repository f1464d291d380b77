import * as v from "valibot";
import type { FolderHandle } from "../../../inputs/image-set/folder-handle";
import type { Labelling } from "../../../inputs/image-set/labelling";
import type { EndpointInfo } from "../../../remote/endpoint";

/** Where the labels of a set come from: the folders, a list in the set or one chosen beside it, or nowhere. */
export type LabelSource =
  | { readonly kind: "folders" }
  | { readonly kind: "list"; readonly name: string }
  | { readonly kind: "none" };

export interface RunEndpoint {
  readonly address: string;
  /** What it said of itself when it was first asked; null until then. */
  readonly info: EndpointInfo | null;
}

/** What a run is of. Results of another model, other sides or another set never come into it. */
export interface RunHeader {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly state: "open" | "done" | "stopped";
  readonly set: { readonly name: string; readonly images: number; readonly ignored: number };
  readonly model: { readonly name: string; readonly checksum: string };
  /** Does the emulator take part? */
  readonly emulator: boolean;
  readonly endpoints: readonly RunEndpoint[];
  readonly labelSource: LabelSource;
  readonly labelling: Labelling;
  /** To ask for the folder again after a reload; null where the browser has no such thing. */
  readonly folder: FolderHandle | null;
}

/** For what is kept: the shape is checked where a newer version of the app may find what an older one wrote. */
const headerSchema = v.object({
  id: v.string(),
  startedAt: v.number(),
  state: v.picklist(["open", "done", "stopped"]),
  set: v.object({ name: v.string(), images: v.number(), ignored: v.number() }),
  model: v.object({ name: v.string(), checksum: v.string() }),
  emulator: v.boolean(),
  endpoints: v.array(v.object({ address: v.string(), info: v.nullable(v.custom<EndpointInfo>(isObject)) })),
  labelSource: v.variant("kind", [
    v.object({ kind: v.literal("folders") }),
    v.object({ kind: v.literal("list"), name: v.string() }),
    v.object({ kind: v.literal("none") }),
  ]),
  labelling: v.custom<Labelling>(
    (value) => isObject(value) && "labels" in value && value.labels instanceof Map && "troubles" in value,
  ),
  folder: v.nullable(v.custom<FolderHandle>((value) => isObject(value) && "values" in value)),
});

export function readHeader(value: unknown): RunHeader | null {
  const parsed = v.safeParse(headerSchema, value);
  return parsed.success ? parsed.output : null;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Is it still the same server with the same model? An answer of another would be mixed in unseen. */
export function isSameServer(a: EndpointInfo, b: EndpointInfo): boolean {
  return (
    a.server.name === b.server.name &&
    a.server.version === b.server.version &&
    a.model.name === b.model.name &&
    a.model.platform === b.model.platform &&
    a.model.versions.join("\n") === b.model.versions.join("\n")
  );
}
