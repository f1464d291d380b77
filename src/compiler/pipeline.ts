import type { OnnxNode } from "../onnx/model";
import { type Pass, passGroup } from "./pass";
import { Absorb1BitMulIntoConv } from "./passes/absorb-1-bit-mul-into-conv";
import { Absorb1BitMulIntoMatMul } from "./passes/absorb-1-bit-mul-into-mat-mul";
import { AbsorbAddIntoMultiThreshold } from "./passes/absorb-add-into-multi-threshold";
import { AbsorbConsecutiveTransposes } from "./passes/absorb-consecutive-transposes";
import { AbsorbMulIntoMultiThreshold } from "./passes/absorb-mul-into-multi-threshold";
import { AbsorbScalarMulAddIntoTopK } from "./passes/absorb-scalar-mul-add-into-top-k";
import { AbsorbSignBiasIntoMultiThreshold } from "./passes/absorb-sign-bias-into-multi-threshold";
import { AbsorbTransposeIntoFlatten } from "./passes/absorb-transpose-into-flatten";
import { AbsorbTransposeIntoMultiThreshold } from "./passes/absorb-transpose-into-multi-threshold";
import { BatchNormToAffine } from "./passes/batch-norm-to-affine";
import { ChangeDataLayoutQuantAvgPool2d } from "./passes/change-data-layout-quant-avg-pool-2d";
import { CheckStreamlined } from "./passes/check-streamlined";
import { CollapseRepeatedAdd } from "./passes/collapse-repeated-add";
import { CollapseRepeatedMul } from "./passes/collapse-repeated-mul";
import { ConvertDivToMul } from "./passes/convert-div-to-mul";
import { ConvertSubToAdd } from "./passes/convert-sub-to-add";
import { DoubleToSingleFloat } from "./passes/double-to-single-float";
import { FactorOutMulSignMagnitude } from "./passes/factor-out-mul-sign-magnitude";
import { GiveUniqueNodeNames } from "./passes/give-unique-node-names";
import { InferChannelwiseLinearLayer } from "./passes/infer-channelwise-linear-layer";
import { InferConvInpGen } from "./passes/infer-conv-inp-gen";
import { InferDataTypes } from "./passes/infer-data-types";
import { InferLabelSelectLayer } from "./passes/infer-label-select-layer";
import { InferPool } from "./passes/infer-pool";
import { InferQuantizedMatrixVectorActivation } from "./passes/infer-quantized-matrix-vector-activation";
import { InferShapes } from "./passes/infer-shapes";
import { InferThresholdingLayer } from "./passes/infer-thresholding-layer";
import { InferVectorVectorActivation } from "./passes/infer-vector-vector-activation";
import { insertTopK } from "./passes/insert-top-k";
import { LowerConvsToMatMul } from "./passes/lower-convs-to-mat-mul";
import { MakeInputChannelsLast } from "./passes/make-input-channels-last";
import { MinimizeAccumulatorWidth } from "./passes/minimize-accumulator-width";
import { MoveAddPastConv } from "./passes/move-add-past-conv";
import { MoveAddPastMul } from "./passes/move-add-past-mul";
import { MoveFlattenPastAffine } from "./passes/move-flatten-past-affine";
import { MoveFlattenPastTopK } from "./passes/move-flatten-past-top-k";
import { MoveMulPastDWConv } from "./passes/move-mul-past-dw-conv";
import { MoveScalarAddPastMatMul } from "./passes/move-scalar-add-past-mat-mul";
import { MoveScalarLinearPastInvariants } from "./passes/move-scalar-linear-past-invariants";
import { MoveScalarMulPastConv } from "./passes/move-scalar-mul-past-conv";
import { MoveScalarMulPastMatMul } from "./passes/move-scalar-mul-past-mat-mul";
import { MoveTransposePastScalarMul } from "./passes/move-transpose-past-scalar-mul";
import { RemoveCNVtoFCFlatten } from "./passes/remove-cnv-to-fc-flatten";
import { removeIdentityOps } from "./passes/remove-identity-ops";
import { RemoveUnusedTensors } from "./passes/remove-unused-tensors";
import { roundAndClipThresholds } from "./passes/round-and-clip-thresholds";
import { SpecializeLayers } from "./passes/specialize-layers";

export interface PipelineOptions {
  /** Thresholds as nodes of their own, as in FINN's Zynq builds, where MVAUs are built of DSP slices. */
  readonly standaloneThresholds?: boolean | undefined;
  /** Number of best classes to put out; if left out, that of a TopK at the model's end, or 5. */
  readonly topK?: number | undefined;
  /** Hears how many thresholds of a node lay within rounding of an integer. */
  readonly onNearTies?: (count: number) => void;
  /** Hears of factors near 1 that were taken as 1, see `removeIdentityOps`. */
  readonly onRounded?: (node: OnnxNode) => void;
}

/**
 * The passes from FINN's dialect to hardware nodes, in FINN's order for MobileNet. That order is
 * also the order of the float32 roundings, so thresholds come out as FINN's.
 */
export function hardwarePipeline(options: PipelineOptions = {}): Pass[] {
  const { standaloneThresholds = false, topK, onNearTies, onRounded } = options;
  const settled = settledBy(removeIdentityOps(onRounded));
  const RoundAndClipThresholds = roundAndClipThresholds(onNearTies);
  return [
    DoubleToSingleFloat,
    insertTopK(topK),
    // Before anything moves: the scale behind an integer bias must not be multiplied into it.
    AbsorbScalarMulAddIntoTopK,
    ...[...streamline(), RoundAndClipThresholds].map(settled),
    ...[...mobilenetStreamline(), RoundAndClipThresholds].map(settled),
    CheckStreamlined,
    ...[...lowering(), RoundAndClipThresholds].map(settled),
    ...toHardware(standaloneThresholds),
    RemoveUnusedTensors,
    MinimizeAccumulatorWidth,
    SpecializeLayers,
    GiveUniqueNodeNames,
  ];
}

/** FINN's Streamline: scales and offsets move towards thresholds and merge into them. */
function streamline(): Pass[] {
  return [
    ConvertSubToAdd,
    ConvertDivToMul,
    BatchNormToAffine,
    // FINN has these two the other way round; then the offset of an activation escapes past a Flatten.
    AbsorbSignBiasIntoMultiThreshold,
    MoveScalarLinearPastInvariants,
    MoveAddPastMul,
    MoveScalarAddPastMatMul,
    MoveAddPastConv,
    MoveScalarMulPastMatMul,
    MoveScalarMulPastConv,
    MoveAddPastMul,
    CollapseRepeatedAdd,
    CollapseRepeatedMul,
    AbsorbAddIntoMultiThreshold,
    FactorOutMulSignMagnitude,
    AbsorbMulIntoMultiThreshold,
    Absorb1BitMulIntoMatMul,
    Absorb1BitMulIntoConv,
  ];
}

/** What FINN adds for MobileNet: scales per channel in front of depthwise layers, and the pool. */
function mobilenetStreamline(): Pass[] {
  return [
    MoveMulPastDWConv,
    AbsorbMulIntoMultiThreshold,
    ChangeDataLayoutQuantAvgPool2d,
    MoveTransposePastScalarMul,
    MoveScalarMulPastMatMul,
    CollapseRepeatedMul,
    AbsorbScalarMulAddIntoTopK,
  ];
}

/**
 * Convolutions become windows and matrix products; Transposes meet and cancel. FINN deals with
 * the Flatten before that, when it knows its layout from annotations; here, when the channels
 * of every map are last.
 */
function lowering(): Pass[] {
  return [
    MakeInputChannelsLast,
    LowerConvsToMatMul,
    AbsorbTransposeIntoMultiThreshold,
    AbsorbConsecutiveTransposes,
    AbsorbTransposeIntoFlatten,
    MoveFlattenPastAffine,
    MoveFlattenPastTopK,
  ];
}

function toHardware(standaloneThresholds: boolean): Pass[] {
  return [
    InferPool,
    InferConvInpGen,
    ...(standaloneThresholds ? [InferThresholdingLayer] : []),
    InferVectorVectorActivation,
    InferQuantizedMatrixVectorActivation,
    RemoveCNVtoFCFlatten,
    // Whatever thresholds no matrix unit could take in.
    ...(standaloneThresholds ? [] : [InferThresholdingLayer]),
    InferChannelwiseLinearLayer,
    InferLabelSelectLayer,
  ];
}

/** A pass with the upkeep that FINN does after each: shapes and data types, and nothing left that does nothing. */
function settledBy(RemoveIdentityOps: Pass): (pass: Pass) => Pass {
  return (pass) => passGroup(pass.name, pass.summary, [pass, RemoveIdentityOps, InferShapes, InferDataTypes]);
}
