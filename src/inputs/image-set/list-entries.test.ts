import { expect, test } from "vitest";
import { listEntries } from "./list-entries";

const signal = new AbortController().signal;

/** A dropped file, as browsers without handles give it. */
const file = (name: string): FileSystemEntry => {
  const found = new File([name], name);
  return {
    name,
    isFile: true,
    isDirectory: false,
    file: (done: (f: File) => void) => done(found),
  } as FileSystemFileEntry;
};

/** A dropped folder that hands out two entries at a time; null for one that may not be read. */
function directory(name: string, entries: readonly FileSystemEntry[] | null): FileSystemDirectoryEntry {
  const createReader = () => {
    const rest = [...(entries ?? [])];
    const readEntries: FileSystemDirectoryReader["readEntries"] = (done, fail) =>
      entries ? done(rest.splice(0, 2)) : fail?.(new DOMException("closed", "NotReadableError"));
    return { readEntries };
  };
  return { name, isFile: false, isDirectory: true, createReader } as unknown as FileSystemDirectoryEntry;
}

test("all entries of all folders are found, though they come in parts; closed folders are named", async () => {
  const inner = directory("b", ["1.jpg", "2.jpg", "3.jpg"].map(file));
  const set = await listEntries(directory("photos", [file("a.png"), inner, directory("c", null)]), {
    signal,
  });
  expect(set).toMatchObject({ name: "photos", closed: ["c"], folder: null });
  expect(set.images.map(({ path }) => path)).toEqual(["a.png", "b/1.jpg", "b/2.jpg", "b/3.jpg"]);
  expect(await (await set.images[3]!.open()).text()).toBe("3.jpg");
});

test("a chosen folder that cannot be read is a failure, and stopping stops", async () => {
  await expect(listEntries(directory("photos", null), { signal })).rejects.toThrow("closed");
  const stopped = listEntries(directory("photos", [file("a.png")]), { signal: AbortSignal.abort() });
  await expect(stopped).rejects.toMatchObject({ code: "aborted" });
});
