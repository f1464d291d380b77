import { createStore, get, set } from "idb-keyval";
import * as v from "valibot";

/** Which kernel variant an adapter was fastest with, for one package. */
export interface Choice {
  readonly adapter: string | null;
  readonly variant: string;
}

/**
 * Remembers the outcome of the engine's trials, by the package's checksum, so that a second
 * visit need not repeat them. As with the packages, a store that fails is as good as an empty one.
 */
export interface ChoiceStore {
  get(checksum: string): Promise<Choice | null>;
  put(checksum: string, choice: Choice): Promise<void>;
}

const schema = v.object({ adapter: v.nullable(v.string()), variant: v.string() });

export function browserChoiceStore(): ChoiceStore {
  const store = createStore("streamscope-choices", "choices");
  return {
    async get(checksum) {
      try {
        const parsed = v.safeParse(schema, await get<unknown>(checksum, store));
        return parsed.success ? parsed.output : null;
      } catch {
        return null;
      }
    },
    async put(checksum, choice) {
      try {
        await set(checksum, choice, store);
      } catch {
        // The next visit times the variants again.
      }
    },
  };
}
