import type { Range } from "../../../graph/accumulator";
import type { Constant } from "../../../graph/dataflow";

/** What the device offers to kernels. */
export interface KernelTraits {
  /** Does WGSL have `dot4I8Packed`? */
  readonly dot4: boolean;
  /** Threads that share constants by swapping: 4 with subgroups, else 1. (`QUAD` in the kernels.) */
  readonly quad: 1 | 4;
}

/** Do all weights fit a signed byte? */
export const fitsInt8 = ({ datatype }: Constant): boolean => datatype.min >= -128 && datatype.max <= 127;

/** Are all sums, partial ones too, integers that a 32-bit float holds exactly? */
export const fitsFloat = ({ min, max }: Range): boolean => min > -(2 ** 24) && max < 2 ** 24;
