import { setDatatype } from "../onnx/annotations";
import { int } from "../onnx/attributes";
import type { GraphEditor } from "../onnx/edit";
import type { OnnxNode } from "../onnx/model";
import { readActivation } from "./activation";

/**
 * Takes the MultiThreshold that reads a matrix unit's sums into the unit (FINN: noActivation
 * = 0, ActVal), as its third input. Says whether there was one.
 */
export function absorbActivation(editor: GraphEditor, unit: OnnxNode): boolean {
  const next = editor.soleConsumer(unit.outputs[0]);
  // A unit has one activation; thresholds on its thresholds stand alone.
  if (next?.opType !== "MultiThreshold" || unit.inputs[2]) return false;
  const { thresholds, actVal, datatype } = readActivation(editor, next);
  const output = next.outputs[0] ?? "";
  editor.setInput(unit, 2, editor.addConstant(`${unit.name}_thresholds`, thresholds));
  unit.attributes.set("noActivation", int(0));
  unit.attributes.set("ActVal", int(actVal));
  editor.remove(next);
  editor.setOutput(unit, 0, output);
  setDatatype(editor.graph, output, datatype);
  return true;
}
