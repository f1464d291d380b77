import { readFile } from "node:fs/promises";

const folder = new URL("templates/", import.meta.url);

/** Reads a template of this folder, and puts a value in the place of every `{{key}}`. */
export async function fillTemplate(name: string, values: Readonly<Record<string, string>>): Promise<string> {
  const text = await readFile(new URL(name, folder), "utf8");
  return text.replace(/\{\{(\w+)\}\}/g, (_, key: string) => {
    const value = values[key];
    if (value === undefined) throw new RangeError(`${name} has no value for ${key}`);
    return value;
  });
}
