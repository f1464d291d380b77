import fc from "fast-check";
import { writeFileSync } from "node:fs";
import { compile } from "./compiler/compile";
import { arbitraryModel } from "./compiler/testing/arbitrary-model";
import { someInput } from "./compiler/testing/check-pass";
import { executeModel } from "./compiler/testing/execute";
import { writeOnnx } from "./onnx/write";
const cases = fc.sample(arbitraryModel, { numRuns: 300, seed: Number(process.argv[2] ?? 1) });
let i = 0;
for (const c of cases) {
  const t0 = performance.now();
  writeFileSync("/tmp/c2_last.onnx", writeOnnx(c.model));
  try {
    executeModel(c.model, { x: someInput(c.model, 1) });
    const t1 = performance.now();
    const { graph } = await compile(writeOnnx(c.model));
    const t2 = performance.now();
    if (t2 - t0 > 200) console.log(i, (t1 - t0).toFixed(0), (t2 - t1).toFixed(0), graph.nodes.length);
  } catch (e) { console.log(i, (e as Error).message); }
  i++;
}
console.log("done", i);
