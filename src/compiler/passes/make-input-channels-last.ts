import { datatypeOf, layoutOf, setDatatype, setLayout } from "../../onnx/annotations";
import { GraphEditor, setShape, shapeOf } from "../../onnx/edit";
import { isTranspose, makeTranspose, permuted, TO_CHANNELS_FIRST, TO_CHANNELS_LAST } from "../layout";
import type { Pass } from "../pass";

const CHANNELS_LAST = ["N", "H", "W", "C"];

/**
 * The graph takes its image as pixels, NHWC: the Transpose that FINN leaves to the host is
 * gone once the convolutions are lowered. A graph that begins with a Transpose from NHWC
 * takes pixels already.
 */
export const MakeInputChannelsLast: Pass = {
  name: "MakeInputChannelsLast",
  summary: "The network takes its image as pixels, with the channels last.",
  apply: ({ graph }) => {
    const input = graph.inputs[0]?.name ?? "";
    const shape = shapeOf(graph, input);
    if (shape?.length !== 4 || layoutOf(graph, input)?.join() === CHANNELS_LAST.join()) return false;
    setLayout(graph, input, CHANNELS_LAST);
    const editor = new GraphEditor(graph);
    if (isTranspose(editor.soleConsumer(input), TO_CHANNELS_FIRST)) return true;

    const transpose = editor.insertOn(input, (from, to) =>
      makeTranspose(TO_CHANNELS_FIRST, from, to, editor.uniqueName("Input_ToChannelsFirst")),
    );
    const [output = ""] = transpose.outputs;
    setShape(graph, output, shape);
    setDatatype(graph, output, datatypeOf(graph, input));
    setShape(graph, input, permuted(shape, TO_CHANNELS_LAST), graph.inputs[0]?.elemType);
    return true;
  },
};
