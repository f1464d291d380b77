import { expect, test } from "vitest";
import { compile } from "../compiler/compile";
import { readFixture } from "../compiler/testing/fixtures";
import { createReferenceEngine } from "../emulator/reference/engine";
import { loadFromSource } from "../models/load-from-source";
import { type Answer, open } from "./answer";
import type { CompileProgress, CompileRequest } from "./compiler-api";
import { CompilerService } from "./compiler-service";

const value = async <T>(answer: Promise<Answer<T>>): Promise<T> => open(await answer);
const service = new CompilerService({ reference: createReferenceEngine, runtime: createReferenceEngine });

const fixture = (file: string) => new File([readFixture(file).slice()], file);
const request = (model: Blob, more: Partial<CompileRequest> = {}): CompileRequest => ({
  model,
  name: "mine",
  preprocessing: "auto",
  ...more,
});

async function compiled(file: string, more: Partial<CompileRequest> = {}) {
  const progress: CompileProgress[] = [];
  const model = await value(service.compile(request(fixture(file), more), 1, (one) => progress.push(one)));
  return { model, progress };
}

test("a file becomes a package that holds the compiler's graph; each pass is told of as it is done", async () => {
  const { model, progress } = await compiled("mnv1_finn_opset11.onnx");
  const { graph, steps } = await compile(readFixture("mnv1_finn_opset11.onnx"), { name: "mine" });
  const { modelPackage } = await loadFromSource({ own: model.package });
  expect(modelPackage.graph).toEqual(graph);
  expect(modelPackage.sourceSha256).toMatch(/^[0-9a-f]{64}$/);
  expect(model).toMatchObject({ name: "mine", classes: 40, fileBytes: 124_817 });

  const [read, ...passes] = progress;
  expect(read).toMatchObject({ stage: "read", graph: { order: { length: 147 } } });
  expect(passes).toHaveLength(steps.length);
  for (const [i, step] of steps.entries()) expect(passes[i]).toMatchObject({ stage: "pass", step });
});

test("what is refused names node, operator, reason and the pass; the passes before it were told of", async () => {
  const progress: CompileProgress[] = [];
  const answer = await service.compile(
    request(fixture("refuse_act_9bit.onnx"), { preprocessing: "none" }),
    1,
    (one) => progress.push(one),
  );
  expect(answer).toMatchObject({
    ok: false,
    code: "unsupported-model",
    details: { node: expect.any(String), op: "Quant", reason: expect.any(String), pass: expect.any(String) },
  });
  const told = progress.flatMap((one) => (one.stage === "pass" ? [one.step.name] : []));
  expect(told.length).toBeGreaterThan(0);
  expect(told).not.toContain(answer.ok ? "" : answer.details.pass);
});

test.each([
  ["<!doctype html><title>Not found</title>", /^This is a web page, not a model/],
  ["PK\x03\x04", /^This is a ZIP archive/],
  ["", /^The file is empty/],
  ["just words", /^The file is no ONNX model/],
])("%j is no model, and why is said", async (text, sentence) => {
  const answer = await service.compile(request(new Blob([text])), 1, () => {});
  expect(answer).toMatchObject({ ok: false, code: "bad-model", message: expect.stringMatching(sentence) });
});

test("a file that is too large is not read", async () => {
  const huge = { size: 300e6, arrayBuffer: () => Promise.reject(new Error("read")) } as unknown as Blob;
  expect(await service.compile(request(huge), 1, () => {})).toMatchObject({
    code: "bad-input",
    message: expect.stringContaining("300 MB"),
  });
});

test("cancelled in mid-work it ends with `aborted`", async () => {
  const answer = await service.compile(request(fixture("mnv1_finn_opset11.onnx")), 7, (progress) => {
    if (progress.stage === "pass") service.cancel(7);
  });
  expect(answer).toMatchObject({ ok: false, code: "aborted" });
});

test("the check compares every layer that computes, on a pattern or on given bytes", async () => {
  const { model } = await compiled("chain_flatten.onnx", { preprocessing: "none" });
  const source = { own: model.package };
  const told: string[] = [];
  const { layers } = await value(service.check({ source, input: "waves" }, 2, (label) => told.push(label)));
  expect(layers.length).toBeGreaterThan(2);
  expect(layers.every(({ values, differing }) => values > 0 && differing === 0)).toBe(true);
  expect(layers.at(-1)?.kind).toBe("LabelSelect");
  expect(told.at(-1)).toMatch(/^Computing all layers/);
  const bytes = new Uint8Array(9 * 11 * 3).fill(3);
  expect((await value(service.check({ source, input: bytes }, 3, () => {}))).layers).toHaveLength(
    layers.length,
  );
  expect(await service.check({ source, input: bytes.subarray(1) }, 4, () => {})).toMatchObject({
    code: "bad-input",
  });
});

test("labels are put into the package, as many as there are classes", async () => {
  const { model } = await compiled("chain_flatten.onnx", { preprocessing: "none" });
  const names = Array.from({ length: model.classes }, (_, i) => `class ${i}`);
  const labels = new Blob([`${names.join("\n")}\n`]);
  const own = await value(service.label({ package: model.package, labels }, 5));
  expect(own.checksum).not.toBe(model.package.checksum);
  expect((await loadFromSource({ own })).modelPackage.labels).toEqual(names);
  expect(await service.label({ package: model.package, labels: new Blob(["one"]) }, 6)).toMatchObject({
    code: "bad-input",
    message: expect.stringContaining(`has 1 lines, but the network has ${model.classes} classes`),
  });
});
