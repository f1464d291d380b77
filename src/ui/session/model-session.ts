import { StreamscopeError } from "../../graph/errors";
import type { OwnModel, OwnModelStore } from "../../models/own-model-store";
import type { OwnPackage } from "../../models/package-source";
import type { CompileProgress, CompileRequest } from "../../workers/compiler-api";
import type { CompilerClient } from "../../workers/compiler-client";
import type { CheckInput, Compilation } from "../state/compilation-slice";
import { modelSource } from "../state/own-model-slice";
import type { AppState, AppStore } from "../state/store";
import { toFailure } from "./failure";
import { networkName } from "./network-name";
import type { Session } from "./session";

export interface ModelSessionOptions {
  readonly client: CompilerClient;
  readonly store: AppStore;
  readonly session: Pick<Session, "take">;
  /** Keeps the user's model over a reload. */
  readonly kept: OwnModelStore;
  /** Absolute URL of the built-in package's manifest. */
  readonly manifestUrl: string;
}

/**
 * What a user does with models: opening, checking, using. All of it appears in the store; nothing
 * rejects, and what fails leaves the model in use as it is.
 */
export interface ModelSession {
  /** Compiles an ONNX file. The one that is being opened is given up: the newest wins. */
  openFile(file: File, preprocessing?: CompileRequest["preprocessing"]): Promise<void>;
  /** Fetches an ONNX file from an address that the user typed, and compiles it. */
  openAddress(address: string, preprocessing?: CompileRequest["preprocessing"]): Promise<void>;
  /** Gives up what is being opened. */
  stopOpening(): void;
  /** Compares the opened model, or if there is none the one in use, with ONNX Runtime, layer by layer. */
  check(input: CheckInput): Promise<void>;
  stopCheck(): void;
  /** Takes the opened model for all views. */
  takeOpened(): Promise<void>;
  takeBuiltIn(): Promise<void>;
  /** Names the classes of the opened model, or if there is none of the user's in use. */
  openLabels(file: File): Promise<void>;
}

export function createModelSession(options: ModelSessionOptions): ModelSession {
  const { client, store, session, kept, manifestUrl } = options;
  let opening = new AbortController();
  let checking = new AbortController();

  async function open(
    model: File | string,
    origin: string,
    preprocessing: CompileRequest["preprocessing"] = "auto",
  ): Promise<void> {
    opening.abort();
    opening = new AbortController();
    const { signal } = opening;
    const { setCompilation } = store.getState();
    let compilation: Compilation | null = null;
    const show = (change: Partial<Compilation>) => {
      if (signal.aborted || !compilation) return;
      compilation = { ...compilation, ...change };
      setCompilation({ compilation });
    };
    const onProgress = (progress: CompileProgress) => {
      if (signal.aborted) return;
      if (progress.stage === "fetching") {
        const { received: bytes, total } = progress;
        setCompilation({ opening: { origin, received: { bytes, total } } });
      } else if (progress.stage === "read") {
        const asRead = progress.graph;
        compilation = { origin, phase: "running", asRead, steps: [], result: null, failure: null };
        checking.abort();
        setCompilation({ opening: null, compilation, check: null, labelsFailure: null, switchFailure: null });
      } else if (compilation) {
        show({ steps: [...compilation.steps, progress.step] });
      }
    };
    setCompilation({ opening: { origin, received: null }, openingFailure: null });
    try {
      const request = { model, name: networkName(origin), preprocessing };
      const result = await client.compile(request, { signal, onProgress });
      show({ phase: "done", result });
    } catch (error) {
      const failure = toFailure(error);
      const pass = error instanceof StreamscopeError ? error.details.pass : undefined;
      if (compilation) show({ phase: "failed", failure: { ...failure, pass: pass ? String(pass) : null } });
      else if (!signal.aborted) setCompilation({ openingFailure: { ...failure, origin } });
    } finally {
      if (!signal.aborted) setCompilation({ opening: null });
    }
  }

  function stopOpening(): void {
    opening.abort();
    const { compilation, setCompilation } = store.getState();
    const failure = toFailure(new StreamscopeError("aborted", "Stopped."));
    setCompilation({
      opening: null,
      compilation:
        compilation?.phase === "running"
          ? { ...compilation, phase: "failed", failure: { ...failure, pass: null } }
          : compilation,
    });
  }

  async function check(input: CheckInput): Promise<void> {
    checking.abort();
    checking = new AbortController();
    const { signal } = checking;
    const state = store.getState();
    const target = checkTarget(state, manifestUrl);
    const bytes = input === "photo" ? state.outcome?.classification.input : input;
    if (!target || !bytes) return;
    const begun = { checksum: target.checksum, input, report: null, failure: null } as const;
    const show = (change: Pick<NonNullable<AppState["check"]>, "phase"> & Partial<AppState["check"]>) => {
      if (!signal.aborted) state.setCompilation({ check: { ...begun, label: "", ...change } });
    };
    show({ phase: "running", label: "Loading" });
    try {
      const onProgress = (label: string) => {
        // Progress comes by another channel than the result, and may come after it.
        if (store.getState().check?.phase === "running") show({ phase: "running", label });
      };
      const report = await client.check({ source: target.source, input: bytes }, { signal, onProgress });
      show({ phase: "done", report });
    } catch (error) {
      show({ phase: "failed", failure: toFailure(error) });
    }
  }

  async function use(model: OwnModel | null): Promise<void> {
    const { setCompilation, notify } = store.getState();
    setCompilation({ switching: true, switchFailure: null });
    try {
      await session.take(model);
      if (!(await kept.put(model)) && model) {
        notify("This browser keeps no files for the page: after a reload, open your model again.");
      }
    } catch (error) {
      setCompilation({ switchFailure: toFailure(error) });
    } finally {
      setCompilation({ switching: false });
    }
  }

  async function openLabels(file: File): Promise<void> {
    const { compilation, ownModel, setCompilation } = store.getState();
    const opened = compilation?.result ?? null;
    const before = opened?.package ?? ownModel?.package;
    if (!before) return;
    setCompilation({ labelsFailure: null });
    try {
      const named = await client.label({ package: before, labels: file });
      const now = store.getState().compilation;
      if (opened && now?.result === opened) {
        setCompilation({ compilation: { ...now, result: { ...opened, package: named } }, check: null });
      }
      const inUse = store.getState().ownModel;
      if (inUse?.package.checksum === before.checksum) await use({ ...inUse, package: named });
    } catch (error) {
      setCompilation({ labelsFailure: toFailure(error) });
    }
  }

  return {
    openFile: (file, preprocessing) => open(file, file.name, preprocessing),
    openAddress: (address, preprocessing) => open(address, address.trim(), preprocessing),
    stopOpening,
    check,
    stopCheck: () => {
      checking.abort();
      store.getState().setCompilation({ check: null });
    },
    takeOpened: async () => {
      const { compilation } = store.getState();
      const result = compilation?.result;
      if (result) await use({ name: result.name, origin: compilation.origin, package: result.package });
    },
    takeBuiltIn: () => use(null),
    openLabels,
  };
}

interface CheckTarget {
  readonly checksum: string;
  readonly source: { readonly own: OwnPackage } | { readonly manifestUrl: string };
}

/** What there is to check: the opened model, else the one in use. */
function checkTarget(state: AppState, manifestUrl: string): CheckTarget | null {
  const opened = state.compilation?.result?.package;
  if (opened) return { checksum: opened.checksum, source: { own: opened } };
  const source = modelSource(state, manifestUrl);
  return state.lastModel && { checksum: state.lastModel.checksum, source };
}

/** The bytes of the photo on screen, if the model to check takes as many. */
export function photoForCheck(state: AppState): boolean {
  const input = state.compilation?.result?.input.shape ?? state.lastModel?.inputShape;
  const bytes = state.outcome?.classification.input.length;
  return input !== undefined && bytes === input.reduce((product, dim) => product * dim, 1);
}
