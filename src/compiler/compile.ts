import type { DataflowGraph } from "../graph/dataflow";
import { isIntegerDataType } from "../graph/datatype";
import { StreamscopeError, throwIfAborted } from "../graph/errors";
import { datatypeOf } from "../onnx/annotations";
import { GraphEditor, shapeOf } from "../onnx/edit";
import type { OnnxModel, OnnxNode } from "../onnx/model";
import { readOnnx } from "../onnx/read";
import { type ConvertOptions, convertQonnxToFinn } from "./convert-qonnx";
import { type Pass, type PassStep, runPasses } from "./pass";
import { CheckSupportedOps } from "./passes/check-supported-ops";
import { MOBILENET_PREPROCESSING, type Preprocessing } from "./passes/merge-preprocessing";
import { hardwarePipeline } from "./pipeline";
import { toDataflow } from "./to-dataflow";

/** Longest stretch of work between two looks at the event loop, so that an abort gets through. */
const SLICE_MS = 16;

export interface CompileOptions {
  /** Name of the graph; that of the ONNX graph if left out. */
  readonly name?: string;
  /** Thresholds as nodes of their own, as in FINN's Zynq builds. */
  readonly standaloneThresholds?: boolean;
  /**
   * What to put in front of a model that does not say it reads integers. `auto`: nothing, if
   * scaling is part of the graph; FINN's pre-processing, if the input is an RGB image; else the
   * model is refused. `none`: the model reads UINT8 as it is.
   */
  readonly preprocessing?: "auto" | "none" | Preprocessing;
  /** Number of best classes to put out; if left out, that of a TopK at the model's end, or 5. */
  readonly topK?: number;
  /** Sees the model as it was read. It is the compiler's: look, and change nothing. */
  readonly onRead?: (model: OnnxModel) => void;
  /** Hears of each pass when it is done, and sees the model as the pass left it. */
  readonly onPass?: (step: PassStep, model: OnnxModel) => void;
  readonly signal?: AbortSignal;
}

export interface CompileResult {
  readonly graph: DataflowGraph;
  readonly steps: readonly PassStep[];
  /** What was assumed about the model, in sentences for people. */
  readonly notes: readonly string[];
  /**
   * Thresholds that lay within 2 float32 steps of an integer before they were rounded up: the
   * only ones that could come out one higher or lower had FINN rounded in another order.
   */
  readonly nearTies: number;
}

/**
 * Compiles an ONNX file, in FINN's or QONNX's dialect, into the dataflow graph of FINN's
 * accelerator. The result computes the same integers as the model would in float32, but for values
 * that rounding puts on the other side of a threshold.
 *
 * Throws StreamscopeError: `bad-model` for a damaged file, `unsupported-model` with node, op
 * and reason, and the pass that refused it, for what can not be compiled, `aborted`.
 */
export async function compile(bytes: Uint8Array, options: CompileOptions = {}): Promise<CompileResult> {
  const { standaloneThresholds, topK, onRead, onPass, signal } = options;
  throwIfAborted(signal);
  const model = readOnnx(bytes);
  onRead?.(model);
  // What can not be compiled at all is refused for that, before questions about the input.
  namingThePass(CheckSupportedOps, () => CheckSupportedOps.apply(model));
  const notes: string[] = [];
  let nearTies = 0;
  const onRounded = ({ name, opType }: OnnxNode) => {
    notes.push(`${name} (${opType}) multiplies by nearly 1, which is taken as 1, as FINN does.`);
  };
  const passes = [
    ...convertQonnxToFinn({ ...inputOptions(model, options, notes), onRounded }),
    ...hardwarePipeline({
      standaloneThresholds,
      topK,
      onNearTies: (count) => {
        nearTies += count;
      },
      onRounded,
    }),
  ];

  const steps: PassStep[] = [];
  let slice = performance.now();
  for (const pass of passes) {
    const onStep = (step: PassStep) => onPass?.(step, model);
    steps.push(...namingThePass(pass, () => runPasses([pass], model, onStep)));
    if (performance.now() - slice > SLICE_MS) {
      await new Promise((resolve) => setTimeout(resolve));
      slice = performance.now();
    }
    throwIfAborted(signal);
  }
  const graph = toDataflow(model, options.name ?? (model.graph.name || "network"));
  return { graph, steps, notes, nearTies };
}

/** What the pass refuses in `work` is thrown with the pass's name. */
function namingThePass<T>(pass: Pass, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof StreamscopeError)) throw error;
    const { code, message, details } = error;
    throw new StreamscopeError(code, message, { ...details, pass: pass.name }, { cause: error });
  }
}

/** What to tell the converter of the model's input. */
function inputOptions(
  model: OnnxModel,
  { preprocessing = "auto" }: CompileOptions,
  notes: string[],
): ConvertOptions {
  const { graph } = model;
  const input = graph.inputs[0]?.name ?? "";
  const annotated = datatypeOf(graph, input);
  if (isIntegerDataType(annotated)) {
    if (typeof preprocessing === "object") {
      throw new StreamscopeError(
        "bad-input",
        `The model reads ${annotated} already; it takes no further pre-processing.`,
      );
    }
    return {};
  }
  if (typeof preprocessing === "object") return { preprocessing };
  const raw = { inputDatatype: "UINT8" };
  if (preprocessing === "none") return raw;

  const first = new GraphEditor(graph).consumers(input)[0];
  if (first && first.domain === "" && ["Div", "Mul", "Sub", "Add"].includes(first.opType)) {
    notes.push(
      `The input has no integer type, but ${first.name} (${first.opType}) scales it: it is taken to be UINT8 values.`,
    );
    return raw;
  }
  const shape = shapeOf(graph, input);
  if (shape?.length === 4 && shape[1] === MOBILENET_PREPROCESSING.mean.length) {
    notes.push(
      "The input has no integer type: FINN's ImageNet pre-processing was put in front of the network.",
    );
    return { preprocessing: MOBILENET_PREPROCESSING };
  }
  throw new StreamscopeError(
    "unsupported-model",
    `The model does not say which integers its input "${input}" holds. Choose the pre-processing (on the command line --preprocess): "none" if it reads values from 0 to 255 as they are.`,
    { tensor: input },
  );
}
