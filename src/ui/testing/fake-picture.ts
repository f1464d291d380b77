import type { Picture } from "../session/picture";

let nextId = 1000;

/** A picture of a few bytes that records whether it was released. */
export function fakePicture(name: string): Picture & { readonly blob: Blob; released: boolean } {
  const blob = new Blob([name]);
  return {
    id: nextId++,
    name,
    alt: `Picture ${name}`,
    url: `test:${name}`,
    sample: null,
    notes: [],
    blob,
    released: false,
    read: async () => blob,
    release() {
      this.released = true;
    },
  };
}
