import { greatestCommonDivisor } from "./greatest-common-divisor";
import { noResources, type Resources } from "./model";

/** Bits of a beat before and after a width converter (DWC). */
export interface WidthConversion {
  readonly inputBits: number;
  readonly outputBits: number;
}

/** FINN has RTL where one width divides the other, and HLS by way of the common multiple elsewhere. */
export function converterImpl({ inputBits, outputBits }: WidthConversion): "rtl" | "hls" {
  const divides = Math.max(inputBits, outputBits) % Math.min(inputBits, outputBits) === 0;
  return divides ? "rtl" : "hls";
}

/** Shift registers up to the common multiple and down again. FINN: StreamingDataWidthConverter.lut_estimation. */
export function converterResources({ inputBits, outputBits }: WidthConversion): Resources {
  const common = (inputBits / greatestCommonDivisor(inputBits, outputBits)) * outputBits;
  const stage = (from: number, to: number, registers: number) =>
    from === to ? 0 : Math.abs(Math.ceil(Math.log2(from / to))) + registers;
  return {
    ...noResources,
    lut: stage(inputBits, common, common) + stage(common, outputBits, outputBits),
  };
}
