import fc from "fast-check";
import { expect, test } from "vitest";
import { compile } from "../src/compiler/compile";
import { arbitraryModel } from "../src/compiler/testing/arbitrary-model";
import { someInput } from "../src/compiler/testing/check-pass";
import { executeModel } from "../src/compiler/testing/execute";
import { createReferenceEngine } from "../src/emulator/reference/engine";
import { putsOutActivations } from "../src/graph/dataflow";
import type { Tensor } from "../src/onnx/model";
import { transpose } from "../src/onnx/tensor";
import { writeOnnx } from "../src/onnx/write";

test.each([{ standaloneThresholds: false }, { standaloneThresholds: true }])(
  "compiled networks give the integers of the float network, %o",
  async ({ standaloneThresholds }) => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryModel,
        fc.nat(1000),
        async ({ model, activations, logits, logitUnit }, seed) => {
          const input = someInput(model, seed);
          const expected = executeModel(model, { x: input });
          const { graph } = await compile(writeOnnx(model), { standaloneThresholds });

          const layers = graph.nodes.filter(putsOutActivations).map(({ name }) => name);
          expect(layers).toHaveLength(activations.length);
          const engine = await createReferenceEngine(graph);
          const result = await engine.run(Uint8Array.from(channelsLast(input)), { taps: layers });
          layers.forEach((layer, i) => {
            expect(Array.from(result.taps.get(layer)?.data ?? [])).toEqual(
              channelsLast(expected.get(activations[i] ?? "")),
            );
          });
          const scaled = Array.from(expected.get(logits)?.data ?? [], (logit) => logit / logitUnit + 0);
          expect(Array.from(result.logits)).toEqual(scaled);
          expect(result.top.map(({ index }) => index)).toEqual(
            Array.from(expected.get(model.graph.outputs[0]?.name ?? "")?.data ?? []),
          );
        },
      ),
      { numRuns: 150 },
    );
  },
);

/** The numbers of a map with its channels last, as hardware streams them; -0 is 0. */
function channelsLast(tensor: Tensor | undefined): number[] {
  if (!tensor) throw new RangeError("the tensor was not computed");
  const { data } = tensor.shape.length === 4 ? transpose(tensor, [0, 2, 3, 1]) : tensor;
  return Array.from(data, (value) => value + 0);
}
