import { afterEach, expect, it, vi } from "vitest";
import { edgeCases } from "../testing/edge-cases";
import { createOrtEngine } from "./engine";

const [first] = edgeCases;
if (!first) throw new Error("no edge case");

afterEach(() => vi.restoreAllMocks());

it("says that the network failed, and works once it is back", async () => {
  const fetched = vi.spyOn(globalThis, "fetch");
  fetched.mockRejectedValueOnce(new TypeError("Failed to fetch"));
  await expect(createOrtEngine(first.graph)).rejects.toMatchObject({ code: "network" });
  fetched.mockResolvedValueOnce(new Response(null, { status: 503 }));
  await expect(createOrtEngine(first.graph)).rejects.toMatchObject({ code: "network" });

  const engine = await createOrtEngine(first.graph);
  await expect(engine.run(first.input)).resolves.toMatchObject({ top: [{ index: 0, logit: 200 }] });
  engine.dispose();
});

it("is fetched once for all engines", async () => {
  const fetched = vi.spyOn(globalThis, "fetch");
  const engines = await Promise.all([createOrtEngine(first.graph), createOrtEngine(first.graph)]);
  expect(fetched).not.toHaveBeenCalled();
  for (const engine of engines) engine.dispose();
});
