/** What an operator does to the data, and so how it is drawn. */
export type OpFamily = "multiply" | "scale" | "quantise" | "move" | "rest";

/** In the order in which bars and legends show them. */
export const opFamilies: readonly { readonly family: OpFamily; readonly name: string }[] = [
  { family: "multiply", name: "weights: convolutions, matrix products" },
  { family: "scale", name: "scales and offsets" },
  { family: "quantise", name: "quantisers, activations, thresholds" },
  { family: "move", name: "moving and reordering values" },
  { family: "rest", name: "pools and answers" },
];

const members: Readonly<Record<Exclude<OpFamily, "rest">, readonly string[]>> = {
  multiply: ["Conv", "MatMul", "Gemm", "MVAU", "VVAU"],
  scale: ["Mul", "Add", "Sub", "Div", "BatchNormalization", "ChannelwiseOp"],
  quantise: ["Quant", "BipolarQuant", "Trunc", "Relu", "MultiThreshold", "Thresholding"],
  move: [
    "Transpose",
    "Reshape",
    "Flatten",
    "Squeeze",
    "Unsqueeze",
    "Pad",
    "Im2Col",
    "FMPadding",
    "ConvolutionInputGenerator",
  ],
};

/** Hardware nodes are of the family of what they compute, whatever their style (`_hls`, `_rtl`). */
export function familyOf(op: string): OpFamily {
  const bare = op.replace(/_(hls|rtl)$/, "");
  for (const { family } of opFamilies) {
    if (family !== "rest" && members[family].includes(bare)) return family;
  }
  return "rest";
}

/** Number of nodes of each family, in the order of `opFamilies`; those without any are left out. */
export function census(ops: Iterable<string>): { readonly family: OpFamily; readonly nodes: number }[] {
  const counts = new Map<OpFamily, number>();
  for (const op of ops) {
    const family = familyOf(op);
    counts.set(family, (counts.get(family) ?? 0) + 1);
  }
  return opFamilies.flatMap(({ family }) => {
    const nodes = counts.get(family);
    return nodes ? [{ family, nodes }] : [];
  });
}
