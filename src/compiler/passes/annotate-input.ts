import { isIntegerDataType } from "../../graph/datatype";
import { datatypeOf, setDatatype } from "../../onnx/annotations";
import type { Pass } from "../pass";

/** Says which integers the graph's input holds, for models that do not say so themselves. */
export function annotateInput(datatype: string): Pass {
  return {
    name: "AnnotateInput",
    summary: `Notes that the network reads ${datatype}, which its file does not say.`,
    apply({ graph }) {
      const input = graph.inputs[0];
      if (!input || isIntegerDataType(datatypeOf(graph, input.name))) return false;
      setDatatype(graph, input.name, datatype);
      return true;
    },
  };
}
