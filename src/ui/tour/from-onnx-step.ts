import { formatCount, formatInteger } from "../kit/format";
import type { TourStep } from "./tour-step";

export const fromOnnx: TourStep = {
  title: "Where the network comes from",
  view: "model",
  needs: "nothing",
  target: () => ({ selector: '[data-tour="check"]', name: "the check" }),
  looks: () => ({}),
  text({ model }) {
    const idea =
      "A network for FINN is trained with few bits and written as ONNX. A compiler takes it to hardware in small passes: scales and batch norms become thresholds, convolutions become sliding windows and matrix units. In this view you can open a network of your own and watch it happen.";
    if (!model) return idea;
    const macs = formatCount(model.nodes.reduce((sum, node) => sum + node.macs, 0));
    return `${idea} ${model.name} became ${formatInteger(model.nodes.length)} nodes with ${macs} multiplications a frame.`;
  },
  trial: {
    text: () =>
      "Press Check every layer: ONNX Runtime, which shares no code with this app, computes them too, and every integer is compared.",
    isDone: (now, entry) => now.check !== entry.check && now.check?.phase === "done",
  },
};
