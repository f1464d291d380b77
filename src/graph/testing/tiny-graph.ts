import type { Constant, DataflowGraph } from "../dataflow";
import { type DataType, dataType, int, uint } from "../datatype";
import { integerArray } from "../integer-array";

/** A constant from plain numbers, in the smallest array its type fits. */
export function constant(datatype: DataType, shape: readonly number[], values: readonly number[]): Constant {
  const data = integerArray(datatype, values.length);
  data.set(values);
  return { shape, datatype, data };
}

/**
 * The smallest graph that has every node kind once, with numbers one can check by hand:
 * a 4x4 picture of one channel, a dws block, a pool, a classifier of three classes.
 */
export function tinyGraph(): DataflowGraph {
  const at = (height: number, width: number, channels: number, datatype: DataType) => ({
    shape: [1, height, width, channels],
    datatype,
  });
  const u8 = uint(8);
  const u2 = uint(2);
  const square = { kernel: [2, 2], stride: [2, 2], dilation: [1, 1] } as const;
  return {
    name: "tiny",
    input: at(4, 4, 1, u8),
    nodes: [
      {
        kind: "FMPadding",
        name: "FMPadding_rtl_0",
        impl: "rtl",
        pad: { top: 1, left: 1, bottom: 1, right: 1 },
        input: at(4, 4, 1, u8),
        output: at(6, 6, 1, u8),
      },
      {
        kind: "ConvolutionInputGenerator",
        name: "ConvolutionInputGenerator_rtl_0",
        impl: "rtl",
        ...square,
        depthwise: true,
        input: at(6, 6, 1, u8),
        output: at(3, 3, 4, u8),
      },
      {
        kind: "VVAU",
        name: "VVAU_hls_0",
        impl: "hls",
        channels: 1,
        kernel: [2, 2],
        weights: constant(int(4), [1, 4], [1, -2, 3, -4]),
        activation: { thresholds: constant(int(16), [1, 3], [-300, 0, 300]), actVal: 0 },
        input: at(3, 3, 4, u8),
        output: at(3, 3, 1, u2),
      },
      {
        kind: "MVAU",
        name: "MVAU_rtl_0",
        impl: "rtl",
        mw: 1,
        mh: 2,
        weights: constant(int(3), [2, 1], [3, -3]),
        activation: null,
        input: at(3, 3, 1, u2),
        output: at(3, 3, 2, int(5)),
      },
      {
        kind: "Thresholding",
        name: "Thresholding_rtl_0",
        impl: "rtl",
        channels: 2,
        activation: { thresholds: constant(int(5), [2, 3], [1, 4, 7, -8, -5, -2]), actVal: 0 },
        input: at(3, 3, 2, int(5)),
        output: at(3, 3, 2, u2),
      },
      {
        kind: "ConvolutionInputGenerator",
        name: "ConvolutionInputGenerator_rtl_1",
        impl: "rtl",
        kernel: [3, 3],
        stride: [1, 1],
        dilation: [1, 1],
        depthwise: true,
        input: at(3, 3, 2, u2),
        output: at(1, 1, 18, u2),
      },
      {
        kind: "Pool",
        name: "Pool_hls_0",
        impl: "hls",
        function: "QuantAvgPool",
        channels: 2,
        kernel: [3, 3],
        accumBits: 5,
        shift: 3,
        input: at(1, 1, 18, u2),
        output: at(1, 1, 2, u2),
      },
      {
        kind: "MVAU",
        name: "MVAU_rtl_1",
        impl: "rtl",
        mw: 2,
        mh: 3,
        weights: constant(dataType("BIPOLAR"), [3, 2], [1, 1, 1, -1, -1, 1]),
        activation: null,
        input: at(1, 1, 2, u2),
        output: at(1, 1, 3, int(4)),
      },
      {
        kind: "ChannelwiseOp",
        name: "ChannelwiseOp_hls_0",
        impl: "hls",
        function: "add",
        channels: 3,
        parameters: constant(int(3), [3], [-1, 0, 1]),
        input: at(1, 1, 3, int(4)),
        output: at(1, 1, 3, int(5)),
      },
      {
        kind: "LabelSelect",
        name: "LabelSelect_hls_0",
        impl: "hls",
        labels: 3,
        k: 2,
        input: at(1, 1, 3, int(5)),
        output: at(1, 1, 2, uint(8)),
      },
    ],
  };
}
