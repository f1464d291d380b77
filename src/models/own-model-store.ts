import { createStore, del, get, set } from "idb-keyval";
import * as v from "valibot";
import type { OwnPackage } from "./package-source";

/** The user's model that is in use, as it is kept over a reload. */
export interface OwnModel {
  /** The network's name. */
  readonly name: string;
  /** The ONNX file, or the address, that it was compiled from. */
  readonly origin: string;
  readonly package: OwnPackage;
}

/** Keeps at most one model. A store that fails (private windows, full disks) is as good as an empty one. */
export interface OwnModelStore {
  get(): Promise<OwnModel | null>;
  /** Was it kept? */
  put(model: OwnModel | null): Promise<boolean>;
}

const schema = v.object({
  name: v.string(),
  origin: v.string(),
  package: v.object({ checksum: v.string(), manifest: v.blob(), binary: v.blob() }),
});

const key = "in-use";

export function browserOwnModelStore(): OwnModelStore {
  const store = createStore("streamscope-own-model", "model");
  return {
    async get() {
      try {
        const parsed = v.safeParse(schema, await get<unknown>(key, store));
        return parsed.success ? parsed.output : null;
      } catch {
        return null;
      }
    },
    async put(model) {
      try {
        await (model ? set(key, model, store) : del(key, store));
        return true;
      } catch {
        return false;
      }
    },
  };
}
