import { expect, test } from "vitest";
import { readManifest, readPackage } from "../graph/package/read";
import { writePackage } from "../graph/package/write";
import { tinyGraph } from "../graph/testing/tiny-graph";
import { browserPackageStore } from "./package-store";

function packageNamed(name: string) {
  const { manifest, binary } = writePackage({ ...tinyGraph(), name }, { compiler: "test" });
  return readPackage(readManifest(manifest), binary);
}

test("the browser's store gives a package back whole and keeps the newest four", async () => {
  const store = browserPackageStore();
  const packages = ["a", "b", "c", "d", "e"].map(packageNamed);
  for (const modelPackage of packages) {
    await store.put(modelPackage);
    // Ages are in milliseconds: let the clock move on.
    const added = Date.now();
    while (Date.now() === added) await Promise.resolve();
  }
  expect(await store.get(packages[0]!.checksum)).toBeNull();
  expect(await store.get(packages[4]!.checksum)).toEqual(packages[4]);
  expect(await store.get("unknown")).toBeNull();
});
