import { mapShape } from "../graph/dataflow";
import { cascadedBlockRams, ultraRams, widestWord } from "./ladder";
import { divisors, type Folded, type HardwareModel, noResources, type Resources } from "./model";

type SlidingWindow = Folded<"ConvolutionInputGenerator">;

/**
 * The sliding window generator (SWG): a line buffer of words of SIMD channels that puts out every
 * output pixel's window, a word a beat, or with `parallel_window` a whole window a beat.
 * A depthwise window goes out in (channel fold, kh, kw) order, others in (kh, kw, channel fold).
 */
export const slidingWindow: HardwareModel<"ConvolutionInputGenerator"> = {
  legal: (node) => ({ SIMD: divisors(mapShape(node.input).channels) }),
  foldedInput({ node, folding: { SIMD } }) {
    const { height, width, channels } = mapShape(node.input);
    return [1, height, width, channels / SIMD, SIMD];
  },
  foldedOutput(folded) {
    const { SIMD, parallel_window } = folded.folding;
    const { outHeight, outWidth, window, channelFold } = windowGeometry(folded);
    return parallel_window
      ? [1, outHeight, outWidth, channelFold, window * SIMD]
      : [1, outHeight, outWidth, window * channelFold, SIMD];
  },
  cycles: (folded) => (folded.node.impl === "hls" ? hlsCycles(folded) : rtlCycles(folded)),
  resources: (folded) => (folded.node.impl === "hls" ? hlsResources(folded) : rtlResources(folded)),
};

/** Sizes of the map, the kernel and the folding, under short names for formulas. */
export function windowGeometry({ node, folding }: SlidingWindow) {
  const { height, width, channels } = mapShape(node.input);
  const out = mapShape(node.output);
  const [kernelHeight, kernelWidth] = node.kernel;
  const [strideHeight, strideWidth] = node.stride;
  const [dilationHeight, dilationWidth] = node.dilation;
  return {
    height,
    width,
    channels,
    outHeight: out.height,
    outWidth: out.width,
    kernelHeight,
    kernelWidth,
    strideHeight,
    strideWidth,
    dilationHeight,
    dilationWidth,
    window: kernelHeight * kernelWidth,
    channelFold: channels / folding.SIMD,
    wordBits: folding.SIMD * node.input.datatype.bits,
  };
}

/** FINN's RTL has a second form, line buffers and registers: for a whole window a beat, or a 1x1 kernel. */
export function isParallel({ node, folding }: SlidingWindow): boolean {
  return folding.parallel_window === 1 || node.kernel[0] * node.kernel[1] === 1;
}

/**
 * Words that the RTL must have read before its first window is whole: FINN's buffer_min_size.
 * It is also the warm-up of the streaming pipeline at this node.
 */
export function wordsBeforeFirstWindow(folded: SlidingWindow): number {
  const g = windowGeometry(folded);
  const rows = (g.kernelHeight - 1) * g.dilationHeight * g.width;
  const columns = (g.kernelWidth - 1) * g.dilationWidth;
  return isParallel(folded) ? (rows + columns) * g.channelFold + 1 : (rows + columns + 1) * g.channelFold;
}

/** Words the RTL's buffer holds: with a stride it reads on while the window waits. FINN: get_buffer_depth. */
export function bufferDepth(folded: SlidingWindow): number {
  const least = wordsBeforeFirstWindow(folded);
  if (isParallel(folded)) return least + 1;
  const g = windowGeometry(folded);
  const nextColumns = Math.max(0, g.strideWidth - 1 - g.window);
  const nextRows = Math.max(0, (g.strideHeight - 1) * g.width - g.window);
  return least + (nextColumns + nextRows) * g.channelFold;
}

/** FINN: ConvolutionInputGenerator_rtl.get_exp_cycles. */
function rtlCycles(folded: SlidingWindow): number {
  const g = windowGeometry(folded);
  const { depthwise } = folded.node;
  if (isParallel(folded)) return g.height * g.width * g.channelFold + 2;
  if (isOneRow(folded)) {
    // FINN turns the map so that it lies along the width.
    const lies = g.height === 1;
    const outputs = lies ? g.outWidth : g.outHeight;
    const kernel = lies ? g.kernelWidth : g.kernelHeight;
    const stride = lies ? g.strideWidth : g.strideHeight;
    const beats = outputs * kernel * g.channelFold + 2;
    return depthwise ? beats + g.channelFold * (kernel - 1) * (stride - 1) - (kernel - 1) : beats;
  }
  const cycles = fillWords(folded) + g.outHeight * rowCycles(folded);
  return depthwise ? cycles + (g.strideHeight - 1) * g.width * g.channelFold : cycles;
}

/** FINN: ConvolutionInputGenerator_hls.get_exp_cycles. */
function hlsCycles(folded: SlidingWindow): number {
  return fillWords(folded) + windowGeometry(folded).outHeight * rowCycles(folded);
}

/** A map of height or width 1, for which FINN has a formula of its own. */
export function isOneRow({ node }: SlidingWindow): boolean {
  const { height, width } = mapShape(node.input);
  return height === 1 || width === 1;
}

/** Words in the buffer when FINN's cycle formulas let the first window go: the HLS waits for whole rows. */
export function fillWords(folded: SlidingWindow): number {
  if (folded.node.impl === "rtl") return wordsBeforeFirstWindow(folded);
  const g = windowGeometry(folded);
  return g.width * g.kernelHeight * g.dilationHeight * g.channelFold;
}

/**
 * Cycles for a row of windows in FINN's formulas: the words of the next row come in while the windows
 * of this one go out, and whatever takes longer counts. A depthwise RTL window with a stride loses
 * some more at each step along the row.
 */
export function rowCycles(folded: SlidingWindow): number {
  const g = windowGeometry(folded);
  const writeRow = g.outWidth * g.window * g.channelFold;
  const readRow = g.strideWidth * g.width * g.channelFold;
  const row = Math.max(writeRow, readRow);
  if (folded.node.impl === "hls" || !folded.node.depthwise || isOneRow(folded)) return row;
  return row + g.outWidth * (g.strideWidth - 1) * (g.channelFold - 1);
}

/** FINN: ConvolutionInputGenerator_rtl, the memories of its buffer and 300 LUTs of control. */
function rtlResources(folded: SlidingWindow): Resources {
  const g = windowGeometry(folded);
  const { ram_style } = folded.folding;
  const depth = bufferDepth(folded);
  const memories = (rams: (depth: number, width: number) => number) => {
    if (!isParallel(folded)) return rams(depth, g.wordBits);
    // Registers hold the window; only what lies between its rows is memory, and one row has none.
    if (g.height === 1 || g.width === 1) return 0;
    const reach = (g.kernelWidth - 1) * g.dilationWidth + 1;
    const line = g.width - reach + g.width * (g.dilationHeight - 1);
    return (g.kernelHeight - 1) * rams(line, g.wordBits);
  };
  return {
    ...noResources,
    lut: 300 + (ram_style === "distributed" ? g.wordBits * Math.ceil(depth / 38) : 0),
    bram18: ram_style === "block" || ram_style === "auto" ? memories(cascadedBlockRams) : 0,
    uram: ram_style === "ultra" ? memories(ultraRams) : 0,
  };
}

/**
 * FINN: ConvolutionInputGenerator_hls, kernel + stride line buffers. It takes the height for the
 * width, and a line beyond 16384 words for no more block RAMs than one of 16384.
 */
function hlsResources(folded: SlidingWindow): Resources {
  const g = windowGeometry(folded);
  const { ram_style } = folded.folding;
  const lines = g.kernelHeight + g.strideHeight;
  const line = g.height * g.channelFold;
  return {
    ...noResources,
    lut: 300 + (ram_style === "distributed" ? lines * g.wordBits * Math.ceil(line / 64) : 0),
    bram18:
      ram_style === "block" || ram_style === "auto" ? lines * Math.ceil(g.wordBits / widestWord(line)) : 0,
    // Without the parity bits, unlike the RTL.
    uram: ram_style === "ultra" ? lines * Math.ceil(line / 4096) * Math.ceil(g.wordBits / 64) : 0,
  };
}
