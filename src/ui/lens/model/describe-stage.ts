import { windowGeometry } from "../../../hardware/sliding-window";
import { coordinatesIn, inputCut } from "./beats";
import { streamOn, valueOn } from "./chain";
import { converterAt } from "./converter";
import { formatValues } from "./format-values";
import { labelStateAt } from "./label-state";
import type { Lens, Stage } from "./lens";
import { lineBufferAt } from "./line-buffer";
import type { Moment } from "./moment";
import { paddingBeat } from "./padding-beat";
import { isReducer } from "./reduction";
import { tileAt } from "./tile";

/** What a stage does in a cycle, in one sentence. */
export function describeStage(lens: Lens, stage: Stage, moment: Moment): string {
  return `${waits(moment)}${work(lens, stage, moment)}`;
}

function waits({ state }: Moment): string {
  if (state === "starved") return "It waits for a beat. Next: ";
  return state === "blocked" ? "It waits for room behind it. Next: " : "";
}

function work({ chain }: Lens, stage: Stage, moment: Moment): string {
  const { folded } = stage;
  if (stage.kind === "converter") {
    const { input, output } = stage.converter;
    const { held, isReady } = converterAt(moment, input.lanes, output.lanes);
    const has = `it holds ${formatValues(held.end - held.first)}`;
    return output.lanes < input.lanes
      ? `cuts beats of ${formatValues(input.lanes)} into beats of ${output.lanes}; ${has}.`
      : `joins beats of ${formatValues(input.lanes)} to beats of ${output.lanes}; ${has}${isReady ? "" : ", not yet a whole beat"}.`;
  }
  if (isReducer(folded)) {
    const { iteration, reduction, finishes } = tileAt(folded, moment.busyBefore);
    const { neuronFold, synapseFold } = iteration;
    const { pe, simd, terms } = reduction;
    const { row, column } = coordinatesIn(folded.node.output, iteration.pixel * reduction.channels);
    const lanes = range(folded.kind === "MVAU" ? "neuron" : "channel", neuronFold * pe, pe);
    const does =
      folded.kind === "Pool"
        ? `adds value ${synapseFold + 1} of ${terms} to the sums`
        : `multiplies ${range(folded.kind === "MVAU" ? "input" : "window pixel", synapseFold * simd, simd)} (of ${terms}) by ${simd === 1 ? "its weight and adds it" : "their weights and adds them"}`;
    const end = finishes ? "; that was the last, and the results go out" : "";
    return `${does}, for ${lanes} of the pixel at row ${row}, column ${column}${end}.`;
  }
  switch (folded.kind) {
    case "FMPadding": {
      const { row, column, lanes, isBorder } = paddingBeat(folded, moment.busyBefore);
      const { channel } = coordinatesIn(folded.node.output, lanes[0] ?? 0);
      const what = isBorder ? "zeros of the border, for which nothing comes in" : "a beat that comes through";
      return `puts out ${what}: row ${row}, column ${column}, ${range("channel", channel, lanes.length)}.`;
    }
    case "ConvolutionInputGenerator": {
      const { window, tap, channelFold, wordsIn, entering } = lineBufferAt(folded, moment);
      const { kernelWidth, channelFold: folds, width } = windowGeometry(folded);
      const simd = folded.folding.SIMD;
      const part =
        tap === null ? "all pixels" : `pixel (${Math.floor(tap / kernelWidth)}, ${tap % kernelWidth})`;
      const out = `the window at row ${window.row}, column ${window.column} goes out, ${part}, ${range("channel", channelFold * simd, simd)}`;
      const rows = Math.floor(wordsIn / (width * folds));
      const next = moment.takes ? `; in comes row ${entering.row}, column ${entering.column}` : "";
      return moment.state === "busy" && !moment.gives
        ? `a word comes in at row ${entering.row}, column ${entering.column}; ${rows} rows are in.`
        : `${out}${next}. ${rows} rows are in.`;
    }
    case "LabelSelect": {
      const { seen, leaving } = labelStateAt(folded, (i) => valueOn(chain, stage.node, i), moment);
      const out = leaving ? ` Place ${leaving.gone + 1} of the frame before goes out.` : "";
      const compares = `compares class ${seen} with the best; ${seen} of ${folded.node.labels} were compared.`;
      return `${compares}${out}`;
    }
    default: {
      const { beats, lanes } = inputCut(folded);
      const first = (moment.busyBefore % beats) * lanes;
      const { row, column, channel } = coordinatesIn(streamOn(chain, stage.node), first);
      const does = folded.kind === "Thresholding" ? "counts the thresholds reached by" : "adds the bias to";
      return `${does} ${range("channel", channel, lanes)} of the pixel at row ${row}, column ${column}.`;
    }
  }
}

const range = (what: string, first: number, count: number): string =>
  count === 1 ? `${what} ${first}` : `${what}s ${first} to ${first + count - 1}`;
