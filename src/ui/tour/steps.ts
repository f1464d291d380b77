import { backPressure, framesOverlap, latencyAndRate, theBottleneck, whyDataflow } from "./dataflow-steps";
import { featureMaps } from "./feature-maps-step";
import { folding } from "./folding-step";
import { fromOnnx } from "./from-onnx-step";
import { dwsBlock, lineBuffer, thresholds } from "./lens-steps";
import { sameIntegers } from "./same-integers-step";
import type { TourStep } from "./tour-step";

/** The guided tour, in its order. */
export const tourSteps: readonly TourStep[] = [
  whyDataflow,
  dwsBlock,
  lineBuffer,
  folding,
  featureMaps,
  thresholds,
  backPressure,
  theBottleneck,
  framesOverlap,
  latencyAndRate,
  fromOnnx,
  sameIntegers,
];
