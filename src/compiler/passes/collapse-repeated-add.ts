import { add } from "../../onnx/tensor";
import { collapseRepeated } from "../collapse-repeated";

/** x + a + b becomes x + (b + a). */
export const CollapseRepeatedAdd = collapseRepeated(
  "CollapseRepeatedAdd",
  "Two offsets in a row become one.",
  "Add",
  add,
);
