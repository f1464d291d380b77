import { beforeEach, describe, expect, test } from "vitest";
import { readFixture } from "../../compiler/testing/fixtures";
import { createReferenceEngine } from "../../emulator/reference/engine";
import { StreamscopeError } from "../../graph/errors";
import { loadFromSource } from "../../models/load-from-source";
import type { OwnModel } from "../../models/own-model-store";
import { open } from "../../workers/answer";
import type { CompilerClient } from "../../workers/compiler-client";
import { CompilerService } from "../../workers/compiler-service";
import { type AppStore, createAppStore } from "../state/store";
import { fakeClassification, fakeModel } from "../testing/fake-emulator";
import { createModelSession, type ModelSession, photoForCheck } from "./model-session";

/** The compiler without its worker; the reference judges itself. */
function compilerInPage(): CompilerClient {
  const service = new CompilerService({ reference: createReferenceEngine, runtime: createReferenceEngine });
  let calls = 0;
  const cancelling = (signal: AbortSignal | undefined) => {
    const id = ++calls;
    signal?.addEventListener("abort", () => service.cancel(id));
    return id;
  };
  return {
    compile: async (request, { signal, onProgress = () => {} } = {}) =>
      open(await service.compile(request, cancelling(signal), onProgress)),
    check: async (request, { signal, onProgress = () => {} } = {}) =>
      open(await service.check(request, cancelling(signal), onProgress)),
    label: async (request, { signal } = {}) => open(await service.label(request, cancelling(signal))),
    dispose: () => {},
  };
}

const file = (name: string) => new File([readFixture(name).slice()], name);

let store: AppStore;
let models: ModelSession;
let kept: OwnModel | null;
/** What was taken, and what becomes of it. */
let taken: (OwnModel | null)[];
let take: (own: OwnModel | null) => Promise<void>;

beforeEach(() => {
  store = createAppStore();
  kept = null;
  taken = [];
  take = async (own) => store.getState().setOwnModel(own);
  models = createModelSession({
    client: compilerInPage(),
    store,
    manifestUrl: "https://example.test/manifest.json",
    session: {
      take: async (own) => {
        taken.push(own);
        await take(own);
      },
    },
    kept: {
      get: async () => kept,
      put: async (model) => {
        kept = model;
        return true;
      },
    },
  });
});

const compilation = () => store.getState().compilation;

describe("opening", () => {
  test("a file is compiled, and every pass appears", async () => {
    await models.openFile(file("chain_flatten.onnx"), "none");
    const { phase, steps, asRead, result } = compilation()!;
    expect(phase).toBe("done");
    expect(steps[0]!.nodesBefore).toBe(asRead.order.length);
    expect(steps.at(-1)!.name).toBe("GiveUniqueNodeNames");
    expect(result).toMatchObject({ name: "chain_flatten", input: { shape: [1, 9, 11, 3] } });
    expect(store.getState().opening).toBeNull();
  });

  test("what is refused keeps the passes it came through, and names the one that refused", async () => {
    await models.openFile(file("refuse_act_9bit.onnx"), "none");
    const { phase, steps, failure, result } = compilation()!;
    expect([phase, result]).toEqual(["failed", null]);
    expect(steps.length).toBeGreaterThan(0);
    expect(failure).toMatchObject({ code: "unsupported-model", pass: expect.any(String) });
    expect(steps.map(({ name }) => name)).not.toContain(failure!.pass);
  });

  test("what cannot be read leaves the model that was opened before on screen", async () => {
    await models.openFile(file("chain_flatten.onnx"), "none");
    const before = compilation();
    await models.openFile(file("refuse_text.onnx"));
    expect(compilation()).toBe(before);
    expect(store.getState().openingFailure).toMatchObject({ origin: "refuse_text.onnx", code: "bad-model" });
    await models.openAddress("ftp://example.test/a.onnx");
    expect(store.getState().openingFailure).toMatchObject({ code: "bad-input" });
    expect(compilation()).toBe(before);
  });

  test("the newest wins", async () => {
    const first = models.openFile(file("mnv1_finn_opset11.onnx"));
    await models.openFile(file("chain_flatten.onnx"), "none");
    await first;
    expect(compilation()).toMatchObject({ origin: "chain_flatten.onnx", phase: "done" });
    expect(store.getState()).toMatchObject({ opening: null, openingFailure: null });
  });

  test("stopped, it says so and shows the passes that were done", async () => {
    const opened = models.openFile(file("mnv1_finn_opset11.onnx"));
    await new Promise<void>((resolve) => {
      const stop = store.subscribe((state) => {
        if (state.compilation?.steps.length !== 3) return;
        stop();
        resolve();
      });
    });
    models.stopOpening();
    await opened;
    expect(compilation()).toMatchObject({ phase: "failed", failure: { code: "aborted" } });
    expect(compilation()!.steps.length).toBeLessThan(60);
  });
});

describe("using", () => {
  test("the opened model is taken and kept; the built-in one is the way back", async () => {
    await models.openFile(file("chain_flatten.onnx"), "none");
    await models.takeOpened();
    const own = {
      name: "chain_flatten",
      origin: "chain_flatten.onnx",
      package: compilation()!.result!.package,
    };
    expect(taken).toEqual([own]);
    expect(kept).toEqual(own);
    await models.takeBuiltIn();
    expect(taken.at(-1)).toBeNull();
    expect(kept).toBeNull();
  });

  test("one that cannot be loaded is not kept, and why is said", async () => {
    take = () => Promise.reject(new StreamscopeError("engine-failed", "Too large for the GPU."));
    await models.openFile(file("chain_flatten.onnx"), "none");
    await models.takeOpened();
    expect(kept).toBeNull();
    expect(store.getState()).toMatchObject({
      switching: false,
      switchFailure: { message: "Too large for the GPU." },
    });
  });

  test("labels go into the package, and into the one in use", async () => {
    await models.openFile(file("chain_flatten.onnx"), "none");
    await models.takeOpened();
    const { classes } = compilation()!.result!;
    const names = Array.from({ length: classes }, (_, i) => `name ${i}`);
    await models.openLabels(new File([names.join("\n")], "labels.txt"));
    const own = compilation()!.result!.package;
    expect((await loadFromSource({ own })).modelPackage.labels).toEqual(names);
    expect(kept?.package).toBe(own);
    await models.openLabels(new File(["one"], "labels.txt"));
    expect(store.getState().labelsFailure?.message).toContain(`the network has ${classes} classes`);
    expect(compilation()!.result!.package).toBe(own);
  });
});

describe("checking", () => {
  test("the opened model, on a made-up frame", async () => {
    await models.openFile(file("chain_flatten.onnx"), "none");
    await models.check("noise");
    const { phase, report, checksum } = store.getState().check!;
    expect(phase).toBe("done");
    expect(checksum).toBe(compilation()!.result!.package.checksum);
    expect(report!.layers.every(({ differing }) => differing === 0)).toBe(true);
  });

  test("the photo on screen can be taken if the model reads as many values", async () => {
    await models.openFile(file("chain_flatten.onnx"), "none");
    expect(photoForCheck(store.getState())).toBe(false);
    const classification = fakeClassification({ input: new Uint8Array(9 * 11 * 3).fill(9) });
    store.setState({ outcome: { attempt: 1, picture: {} as never, classification }, lastModel: fakeModel() });
    expect(photoForCheck(store.getState())).toBe(true);
    await models.check("photo");
    expect(store.getState().check).toMatchObject({ phase: "done", input: "photo" });
  });

  test("stopped, nothing of it stays", async () => {
    await models.openFile(file("chain_flatten.onnx"), "none");
    const checked = models.check("waves");
    models.stopCheck();
    await checked;
    expect(store.getState().check).toBeNull();
  });
});
