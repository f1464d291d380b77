import { expect, test } from "vitest";
import type { FolderHandle } from "../../../inputs/image-set/folder-handle";
import { doneRecord, runHeader } from "../testing/fake-run";
import { browserRunStore } from "./run-store";

const store = () => browserRunStore("test-set");

test("a run is there again after a reload, with its labels, its folder and the newest records", async () => {
  const folder = (await navigator.storage.getDirectory()) as FileSystemDirectoryHandle & FolderHandle;
  const header = runHeader({ folder });
  expect(await store().begin(header)).toBe(true);
  expect(await store().put(header.id, [doneRecord("a.jpg", [1]), doneRecord("b.jpg", [2])])).toBe(true);
  expect(await store().put(header.id, [doneRecord("a.jpg", [3])])).toBe(true);
  expect(await store().update({ ...header, state: "stopped" })).toBe(true);

  const kept = await store().get();
  expect(kept?.header).toMatchObject({ id: header.id, state: "stopped", labelling: header.labelling });
  expect(await kept?.header.folder?.queryPermission?.({ mode: "read" })).toBe("granted");
  expect(kept?.records.map(({ path, emulator }) => [path, emulator?.top])).toEqual([
    ["a.jpg", [3]],
    ["b.jpg", [2]],
  ]);
});

test("a change of the header right after the beginning is kept", async () => {
  const runs = store();
  const header = runHeader({ id: "hasty" });
  const both = [runs.begin(header), runs.update({ ...header, state: "stopped" })];
  expect(await Promise.all(both)).toEqual([true, true]);
  expect((await runs.get())?.header.state).toBe("stopped");
  await runs.drop();
});

test("a new run takes the place of the one before, whose late records do not get into it", async () => {
  await store().begin(runHeader({ id: "old" }));
  await store().begin(runHeader({ id: "new" }));
  await store().put("old", [doneRecord("a.jpg", [1])]);
  expect(await store().update(runHeader({ id: "old", state: "done" }))).toBe(false);
  expect(await store().get()).toMatchObject({ header: { id: "new", state: "open" }, records: [] });

  await store().drop();
  expect(await store().get()).toBeNull();
});
