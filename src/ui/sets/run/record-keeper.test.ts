import { expect, test } from "vitest";
import { settled } from "../../testing/fake-emulator";
import { doneRecord } from "../testing/fake-run";
import { RecordKeeper } from "./record-keeper";

test("records that come while others are written go together, and none is left behind", async () => {
  const batches: string[][] = [];
  const ends: ((kept: boolean) => void)[] = [];
  const keeper = new RecordKeeper(
    "run-1",
    {
      put: (_, records) => {
        batches.push(records.map(({ path }) => path));
        return new Promise((resolve) => ends.push(resolve));
      },
    },
    () => {},
  );
  for (const path of ["a", "b", "c"]) keeper.put(doneRecord(path, [1]));
  ends.shift()?.(true);
  await settled();
  ends.shift()?.(true);
  await settled();
  keeper.put(doneRecord("d", [1]));
  expect(batches).toEqual([["a"], ["b", "c"], ["d"]]);
});

test("a full disk is told once, and nothing more is written to it", async () => {
  let writes = 0;
  let told = 0;
  const put = async () => {
    writes++;
    return false;
  };
  const keeper = new RecordKeeper("run-1", { put }, () => told++);
  keeper.put(doneRecord("a", [1]));
  keeper.put(doneRecord("b", [1]));
  await settled();
  keeper.put(doneRecord("c", [1]));
  await settled();
  expect([writes, told, keeper.isKeeping]).toEqual([1, 1, false]);
});
