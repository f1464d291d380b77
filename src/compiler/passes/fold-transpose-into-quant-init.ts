import { transpose } from "../../onnx/tensor";
import { permutation } from "../evaluate/shape";
import { nodePass } from "../node-pass";

/** Quant of constants, then Transpose, becomes Quant of transposed constants. */
export const FoldTransposeIntoQuantInit = nodePass(
  "FoldTransposeIntoQuantInit",
  "Transposes quantized weights themselves, so that no Transpose stands between them and their layer.",
  (node, editor) => {
    if (node.opType !== "Transpose") return false;
    const quant = editor.producer(node.inputs[0]);
    if (!quant || !["Quant", "IntQuant", "BipolarQuant"].includes(quant.opType)) return false;
    const constants = quant.inputs.map((name) => editor.constant(name));
    const rank = constants[0]?.shape.length;
    if (rank === undefined || constants.some((value) => !value)) return false;

    const perm = permutation(node, rank);
    const inputs = quant.inputs.map((name, slot) => {
      const value = constants[slot];
      // Scales and zero points of fewer dimensions are scalars or the same for all but the last.
      if (!value || value.data.length === 1) return name;
      const padded = {
        ...value,
        shape: [...new Array<number>(rank - value.shape.length).fill(1), ...value.shape],
      };
      return editor.addConstant(`${name}_transposed`, transpose(padded, perm));
    });
    // Others may read the Quant as it is, so the Transpose turns into a Quant of its own.
    editor.insertBefore(node, {
      ...quant,
      name: editor.uniqueName(`${quant.name}_transposed`),
      inputs,
      outputs: [...node.outputs],
      attributes: new Map(quant.attributes),
    });
    editor.remove(node);
    if (editor.consumers(quant.outputs[0]).length === 0 && !editor.isGraphOutput(quant.outputs[0])) {
      editor.remove(quant);
    }
    return true;
  },
);
