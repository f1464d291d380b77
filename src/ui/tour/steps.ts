import { backPressure, framesOverlap, latencyAndRate, theBottleneck, whyDataflow } from "./dataflow-steps";
import { folding } from "./folding-step";
import { dwsBlock, lineBuffer, thresholds } from "./lens-steps";
import { sameIntegers } from "./same-integers-step";
import type { TourStep } from "./tour-step";

/** The guided tour, in its order. */
export const tourSteps: readonly TourStep[] = [
  whyDataflow,
  dwsBlock,
  lineBuffer,
  folding,
  thresholds,
  backPressure,
  theBottleneck,
  framesOverlap,
  latencyAndRate,
  sameIntegers,
];
