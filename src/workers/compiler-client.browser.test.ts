import { expect, test } from "vitest";
import handmade from "../../fixtures/onnx/chain_flatten.onnx?url";
import type { CompileProgress } from "./compiler-api";
import { createCompilerClient } from "./compiler-client";

test("in its worker a model is compiled pass by pass, and every layer equals ONNX Runtime's", async () => {
  const client = createCompilerClient();
  const progress: CompileProgress[] = [];
  const file = await (await fetch(handmade)).blob();
  const model = await client.compile(
    { model: file, name: "mine", preprocessing: "none" },
    { onProgress: (one) => progress.push(one) },
  );
  expect(progress[0]?.stage).toBe("read");
  expect(progress.at(-1)).toMatchObject({ stage: "pass", step: { name: "GiveUniqueNodeNames" } });

  const { layers, runtime } = await client.check({ source: { own: model.package }, input: "noise" });
  expect(runtime).toContain("ONNX Runtime");
  expect(layers.length).toBeGreaterThan(2);
  for (const layer of layers) expect(layer).toMatchObject({ differing: 0, first: null });
  client.dispose();
});

test("an address is fetched in the worker", async () => {
  const client = createCompilerClient();
  const stages = new Set<string>();
  const address = new URL(handmade, location.href).href;
  const model = await client.compile(
    { model: address, name: "mine", preprocessing: "none" },
    { onProgress: ({ stage }) => stages.add(stage) },
  );
  expect(model.name).toBe("mine");
  expect(stages).toEqual(new Set(["fetching", "read", "pass"]));
  client.dispose();
});
