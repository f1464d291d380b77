import { expect, test } from "vitest";
import { StreamscopeError } from "../../graph/errors";
import { folderFromDrop } from "./folder-from-drop";
import { mayRead } from "./folder-handle";
import { listFiles } from "./list-files";
import { listFolder } from "./list-folder";
import { fakeFolder } from "./testing/fake-folder";

const signal = new AbortController().signal;

test("a folder's pictures by path, the lists, and how many files are neither", async () => {
  const folder = fakeFolder("photos", {
    "b/2.PNG": "2",
    "b/10.jpg": "10",
    "a.tiff": "t",
    "val.txt": "a.tiff 1",
    "b/notes.md": "",
    "b/.DS_Store": "",
    "b/._2.png": "",
  });
  const found: number[] = [];
  const set = await listFolder(folder, { signal, onProgress: (count) => found.push(count) });
  expect(set.name).toBe("photos");
  expect(set.images.map(({ path }) => path)).toEqual(["a.tiff", "b/10.jpg", "b/2.PNG"]);
  expect(set.lists.map(({ path }) => path)).toEqual(["val.txt"]);
  expect(set.ignored).toBe(3);
  expect(set.folder).toBe(folder);
  expect(found.at(-1)).toBe(7);
  expect(await (await set.images[1]!.open()).text()).toBe("10");
});

test("a folder in it that may not be read is named, and the others are listed", async () => {
  const folder = fakeFolder("photos", { "a/1.jpg": "", "b/2.jpg": "" }, { closed: ["a"] });
  const set = await listFolder(folder, { signal });
  expect(set.images.map(({ path }) => path)).toEqual(["b/2.jpg"]);
  expect(set.closed).toEqual(["a"]);
});

test("listing stops when it is asked to", async () => {
  const listing = listFolder(fakeFolder("photos", { "a/1.jpg": "" }), { signal: AbortSignal.abort() });
  await expect(listing).rejects.toMatchObject({ code: "aborted" });
});

test("the flat list of a file input is the same set", () => {
  const file = (webkitRelativePath: string) =>
    Object.defineProperty(new File([], "x"), "webkitRelativePath", { value: webkitRelativePath });
  const set = listFiles([file("photos/b/2.png"), file("photos/a.jpg"), file("photos/read me.doc")]);
  expect(set).toMatchObject({ name: "photos", ignored: 1, folder: null });
  expect(set.images.map(({ path }) => path)).toEqual(["a.jpg", "b/2.png"]);
  expect(() => listFiles([])).toThrow(StreamscopeError);
});

test("permission is asked for only where the browser wants to be asked", async () => {
  const folder = fakeFolder("photos", {});
  expect(await mayRead(folder)).toBe(true);
  expect(await mayRead({ ...folder, queryPermission: async () => "denied" })).toBe(false);
  const prompt = { ...folder, queryPermission: async () => "prompt" as const };
  expect(await mayRead({ ...prompt, requestPermission: async () => "granted" })).toBe(true);
  expect(await mayRead({ ...prompt, requestPermission: async () => "denied" })).toBe(false);
});

test("a drop is one folder, or refused", async () => {
  const handle = fakeFolder("photos", { "a.jpg": "" });
  const folder = {
    kind: "file",
    webkitGetAsEntry: () => ({ isDirectory: true }) as FileSystemEntry,
    getAsFileSystemHandle: async () => handle,
  };
  const file = { ...folder, webkitGetAsEntry: () => ({ isDirectory: false }) as FileSystemEntry };
  expect((await folderFromDrop([folder])({ signal })).folder).toBe(handle);
  for (const items of [undefined, [], [file], [folder, folder], [{ kind: "string" }]]) {
    expect(() => folderFromDrop(items)).toThrow("Drop one folder");
  }
});
