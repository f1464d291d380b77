import type { ClassSpace } from "./labelling";

/** A class, and how its text names it. */
export interface FoundClass {
  readonly index: number;
  readonly way: "index" | "name";
}

/**
 * Finds classes by what people write: the index, also with leading zeros ("7", "007"), or the name,
 * in any case and with "_" for a space ("great_white_shark"). A name that two classes have names none.
 */
export function classFinder({ classes, names }: ClassSpace): (text: string) => FoundClass | null {
  const byName = new Map<string, number | null>();
  names?.forEach((name, index) => {
    const key = plain(name);
    byName.set(key, byName.has(key) ? null : index);
  });
  return (text) => {
    const trimmed = text.trim();
    if (/^\d{1,9}$/.test(trimmed)) {
      const index = Number(trimmed);
      return index < classes ? { index, way: "index" } : null;
    }
    const index = byName.get(plain(trimmed)) ?? null;
    return index === null ? null : { index, way: "name" };
  };
}

const plain = (name: string) =>
  name
    .replace(/[\s_]+/g, " ")
    .trim()
    .toLowerCase();
