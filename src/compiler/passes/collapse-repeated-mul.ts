import { multiply } from "../../onnx/tensor";
import { collapseRepeated } from "../collapse-repeated";

/** x * a * b becomes x * (b * a). */
export const CollapseRepeatedMul = collapseRepeated(
  "CollapseRepeatedMul",
  "Two factors in a row become one.",
  "Mul",
  multiply,
);
