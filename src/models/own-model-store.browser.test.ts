import { expect, test } from "vitest";
import { writePackage } from "../graph/package/write";
import { tinyGraph } from "../graph/testing/tiny-graph";
import { loadFromSource, ownPackage } from "./load-from-source";
import { browserOwnModelStore } from "./own-model-store";

test("the model in use is there again after a reload, until the built-in one is taken", async () => {
  const own = ownPackage(writePackage(tinyGraph(), { compiler: "test" }));
  expect(await browserOwnModelStore().put({ name: "tiny", origin: "tiny.onnx", package: own })).toBe(true);

  const kept = await browserOwnModelStore().get();
  expect(kept).toMatchObject({ name: "tiny", origin: "tiny.onnx" });
  if (!kept) throw new Error("nothing was kept");
  expect((await loadFromSource({ own: kept.package })).modelPackage.graph).toEqual(tinyGraph());

  await browserOwnModelStore().put(null);
  expect(await browserOwnModelStore().get()).toBeNull();
});
