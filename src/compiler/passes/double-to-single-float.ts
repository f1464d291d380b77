import type { Pass } from "../pass";

/** Constants in float64 become float32: that is the arithmetic of all that follows. */
export const DoubleToSingleFloat: Pass = {
  name: "DoubleToSingleFloat",
  summary: "Constants in double precision are rounded to single precision.",
  apply: ({ graph }) => {
    let changed = false;
    for (const [name, { shape, elemType, data }] of graph.initializers) {
      if (elemType !== "float64") continue;
      graph.initializers.set(name, { shape, elemType: "float32", data: Float32Array.from(data) });
      changed = true;
    }
    for (const value of [...graph.inputs, ...graph.outputs, ...graph.valueInfo.values()]) {
      if (value.elemType !== "float64") continue;
      value.elemType = "float32";
      changed = true;
    }
    return changed;
  },
};
