import { accumulatorRange } from "../../../graph/accumulator";
import type { MapLayout } from "../layout";
import { packChannelWeights, packThresholdsInFours, packWide } from "../pack";
import type { Operation, PlannedStep } from "../plan";
import { type KernelCall, mapFields, mapOverrides, windowFields, workgroupsFor } from "./call";
import { activated, elementCall, withThresholds } from "./element";
import { fitsFloat, fitsInt8, type KernelTraits } from "./traits";

export type VvauStep = PlannedStep<Extract<Operation, { readonly kind: "vvau" }>>;

/** Columns of a strip in `vvau_line_buffer.wgsl`. */
const STRIP_COLUMNS = 4;

/** The line buffer for 3 x 3 windows of bytes, at stride 1 or 2; the general kernel for the rest. */
export function vvauCall(step: VvauStep, traits: KernelTraits): KernelCall {
  return lineBufferCall(step, traits) ?? anyCall(step);
}

function lineBufferCall(step: VvauStep, { quad }: KernelTraits): KernelCall | null {
  const { node, window } = step.operation;
  const { input, output } = step;
  const [stride] = window.stride;
  const suits =
    window.kernel.every((side) => side === 3) &&
    window.dilation.every((dilation) => dilation === 1) &&
    window.stride.every((each) => each === stride && each <= 2) &&
    input.layout.form === "packed" &&
    fitsInt8(node.weights) &&
    fitsFloat(accumulatorRange(node.weights, node.input.datatype));
  if (!suits) return null;
  const block = stripRows(output.layout, quad);
  const threads = paddedStrips(output.layout, block, quad) * input.layout.words;
  const call: KernelCall = {
    kernel: "vvau_line_buffer",
    overrides: { ...mapOverrides(step), STRIDE: stride },
    layer: { ...mapFields(step), ...windowFields(window), block },
    workgroups: workgroupsFor(threads),
    constants: () => packChannelWeights(node.weights),
  };
  const { activation } = node;
  return activation ? activated(call, activation, () => packThresholdsInFours(activation)) : call;
}

function anyCall(step: VvauStep): KernelCall {
  const { node, window } = step.operation;
  const call = elementCall("vvau", step, windowFields(window));
  return withThresholds({ ...call, constants: () => packWide(node.weights) }, node.activation);
}

/** Rows beyond this would leave a GPU too few threads. */
const MOST_ROWS = 8;
/** What the lines before a strip's first row cost, in rows. */
const FIRST_LINES = 0.6;

/**
 * Rows of a strip: long strips read fewer lines twice, but should come out even with the map's
 * height and fill the quads.
 */
export function stripRows(output: MapLayout, quad: number): number {
  let best = 1;
  let least = Number.POSITIVE_INFINITY;
  for (let rows = 1; rows <= Math.min(MOST_ROWS, output.height); rows++) {
    const cost = paddedStrips(output, rows, quad) * (rows + FIRST_LINES);
    if (cost < least) [best, least] = [rows, cost];
  }
  return best;
}

/** Strips of the map, filled up to whole quads. */
const paddedStrips = ({ height, width }: MapLayout, rows: number, quad: number): number =>
  Math.ceil((Math.ceil(width / STRIP_COLUMNS) * Math.ceil(height / rows)) / quad) * quad;
