import { packWide } from "../pack";
import type { Operation, PlannedStep } from "../plan";
import { type KernelCall, windowFields } from "./call";
import { elementCall, withThresholds } from "./element";
import { mvauCall, type PointwiseVariant } from "./mvau";
import type { KernelTraits } from "./traits";
import { vvauCall } from "./vvau";

/** The kernel and its arguments for any step of a plan. */
export function kernelCall(step: PlannedStep, traits: KernelTraits, pointwise: PointwiseVariant): KernelCall {
  const { operation } = step;
  switch (operation.kind) {
    case "mvau":
      return mvauCall(withOperation(step, operation), traits, pointwise);
    case "vvau":
      return vvauCall(withOperation(step, operation), traits);
    case "pool": {
      const { window, node } = operation;
      return elementCall("pool", step, { ...windowFields(window), shift: node.shift });
    }
    case "thresholding":
      return withThresholds(elementCall("thresholding", step), operation.node.activation);
    case "channelwise":
      return { ...elementCall("channelwise", step), constants: () => packWide(operation.node.parameters) };
    case "window":
      return elementCall("window", step, windowFields(operation.window));
    case "reshape":
      return elementCall("reshape", step);
    case "labelSelect":
      return { ...elementCall("label_select", step, { outChannels: operation.node.k }), workgroups: 1 };
  }
}

/** The step with its operation narrowed, which TypeScript does not do through the property. */
const withOperation = <Op extends Operation>(step: PlannedStep, operation: Op): PlannedStep<Op> => ({
  ...step,
  operation,
});
