import type { OnnxNode } from "../onnx/model";
import { type Pass, passGroup } from "./pass";
import { annotateInput } from "./passes/annotate-input";
import { AvgPoolAndTruncToQuantAvgPool } from "./passes/avg-pool-and-trunc-to-quant-avg-pool";
import { CheckQuantized } from "./passes/check-quantized";
import { CheckSupportedOps } from "./passes/check-supported-ops";
import { ConvertQuantActToMultiThreshold } from "./passes/convert-quant-act-to-multi-threshold";
import { ExtractBiasFromConv } from "./passes/extract-bias-from-conv";
import { FoldConstants } from "./passes/fold-constants";
import { FoldQuantWeights } from "./passes/fold-quant-weights";
import { FoldTransposeIntoQuantInit } from "./passes/fold-transpose-into-quant-init";
import { GemmToMatMul } from "./passes/gemm-to-mat-mul";
import { GiveUniqueNodeNames } from "./passes/give-unique-node-names";
import { InferDataTypes } from "./passes/infer-data-types";
import { InferShapes } from "./passes/infer-shapes";
import { mergePreprocessing, type Preprocessing } from "./passes/merge-preprocessing";
import { removeIdentityOps } from "./passes/remove-identity-ops";
import { RemoveUnusedNodes } from "./passes/remove-unused-nodes";
import { RemoveUnusedTensors } from "./passes/remove-unused-tensors";

export interface ConvertOptions {
  /** Pre-processing to put in front of a model that has none. */
  readonly preprocessing?: Preprocessing;
  /** What an input that is not annotated holds, such as `UINT8`: for models that read raw values. */
  readonly inputDatatype?: string;
  /** Hears of factors near 1 that were taken as 1, see `removeIdentityOps`. */
  readonly onRounded?: (node: OnnxNode) => void;
}

function tidyUp(onRounded: ConvertOptions["onRounded"]): Pass {
  return passGroup(
    "TidyUp",
    "Folds constants, drops what does nothing or is not used, and works out all shapes.",
    [InferShapes, FoldConstants, removeIdentityOps(onRounded), RemoveUnusedNodes, RemoveUnusedTensors],
  );
}

/**
 * The passes that bring a model into FINN's dialect: integer weights, MultiThreshold,
 * QuantAvgPool2d. A QONNX export is converted (FINN: ConvertQONNXtoFINN); a model that is in
 * FINN's dialect already is checked and tidied. Whatever can not be converted is refused.
 */
export function convertQonnxToFinn(options: ConvertOptions = {}): readonly Pass[] {
  const { preprocessing, inputDatatype, onRounded } = options;
  const TidyUp = tidyUp(onRounded);
  return [
    CheckSupportedOps,
    TidyUp,
    ExtractBiasFromConv,
    GemmToMatMul,
    FoldTransposeIntoQuantInit,
    FoldQuantWeights,
    ConvertQuantActToMultiThreshold,
    InferDataTypes,
    AvgPoolAndTruncToQuantAvgPool,
    ...(preprocessing ? [mergePreprocessing(preprocessing)] : []),
    ...(inputDatatype ? [annotateInput(inputDatatype)] : []),
    TidyUp,
    InferDataTypes,
    CheckQuantized,
    GiveUniqueNodeNames,
  ];
}
