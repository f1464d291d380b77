import { StreamscopeError } from "../../graph/errors";
import { setDatatype } from "../../onnx/annotations";
import { int } from "../../onnx/attributes";
import { GraphEditor, makeNode, setShape, shapeOf } from "../../onnx/edit";
import type { OnnxModel, OnnxNode } from "../../onnx/model";
import { int64Tensor } from "../../onnx/tensor";
import { topKCount } from "../evaluate/top-k";
import { type Pass, refuse } from "../pass";

/** As many classes as FINN's accelerators put out. */
const DEFAULT_K = 5;

/**
 * The graph puts out the indices of its k highest values, best first, in place of the values. A
 * model that ends in TopK already keeps its k unless another is asked for. Without a k there are
 * five, or as many as there are classes.
 */
export function insertTopK(k?: number): Pass {
  return {
    name: "InsertTopK",
    summary: "The network puts out the indices of its highest values, best first.",
    apply: (model) => {
      const { graph } = model;
      const editor = new GraphEditor(graph);
      const output = graph.outputs[0]?.name ?? "";
      const last = editor.producer(output);
      if (!last) return false;
      if (last.opType === "TopK") return k !== undefined && changeK(editor, model, last, k);

      const shape = shapeOf(graph, output) ?? refuse(last, "the shape of its output is not known");
      const classes = shape.at(-1) ?? 1;
      const count = k ?? Math.min(DEFAULT_K, classes);
      checkCount(count, classes);
      const values = editor.uniqueName("topk_values");
      const indices = editor.uniqueName("topk_indices");
      const attributes = { axis: int(-1), largest: int(1), sorted: int(1) };
      const topK = makeNode("TopK", [output], [values, indices], attributes);
      editor.insertAfter(last, topK);
      setK(editor, model, topK, count);
      const best = shape.with(-1, count);
      graph.outputs = [{ name: indices, elemType: "int64", shape: [...best] }];
      setShape(graph, output, shape);
      setShape(graph, values, best);
      setDatatype(graph, indices, "UINT32");
      return true;
    },
  };
}

function changeK(editor: GraphEditor, model: OnnxModel, topK: OnnxNode, k: number): boolean {
  if (topKCount(topK, editor.constant(topK.inputs[1])) === k) return false;
  const shape =
    shapeOf(model.graph, topK.inputs[0] ?? "") ?? refuse(topK, "the shape of its input is not known");
  const classes = shape.at(-1) ?? 1;
  checkCount(k, classes);
  setK(editor, model, topK, k);
  const [values = "", indices = ""] = topK.outputs;
  if (values) setShape(model.graph, values, shape.with(-1, k));
  setShape(model.graph, indices, shape.with(-1, k), "int64");
  return true;
}

function checkCount(k: number, classes: number): void {
  if (k <= classes) return;
  throw new StreamscopeError(
    "bad-input",
    `The network has ${classes} classes, so the ${k} best of them can not be put out. Ask for at most ${classes}.`,
    { k, classes },
  );
}

/** k is an attribute before opset 10, an input from then on. */
function setK(editor: GraphEditor, model: OnnxModel, topK: OnnxNode, k: number): void {
  if ((model.opsets.get("") ?? 0) < 10) topK.attributes.set("k", int(k));
  else editor.setInput(topK, 1, editor.addConstant("topk_k", int64Tensor([k])));
}
