import * as v from "valibot";

const integer = v.pipe(v.number(), v.integer());

const tensor = v.object({ name: v.string(), datatype: v.string(), shape: v.array(integer) });

/** `GET v2`. Servers leave out, or set to null, what they have nothing to say of. */
export const serverMetadata = v.object({
  name: v.nullish(v.string(), ""),
  version: v.nullish(v.string(), ""),
  extensions: v.nullish(v.array(v.string()), []),
});

/** `GET v2/models/{name}`. */
export const modelMetadata = v.object({
  name: v.string(),
  versions: v.nullish(v.array(v.string()), []),
  platform: v.nullish(v.string(), ""),
  inputs: v.array(tensor),
  outputs: v.array(tensor),
});

/** What `GET v2/models/{name}` answers, read. */
export type ModelMetadata = v.InferOutput<typeof modelMetadata>;
