import packageJson from "../../package.json" with { type: "json" };
import { writeFinnOnnx } from "../../src/compiler/finn-onnx";
import type { DataflowGraph } from "../../src/graph/dataflow";
import type { Board } from "../../src/hardware/boards";
import type { FoldingConfig } from "../../src/hardware/folding-config";
import { writeFoldingFile } from "../../src/hardware/folding-file";
import { specializeLayersConfig } from "../../src/hardware/reports/specialize-layers";
import { writeOnnx } from "../../src/onnx/write";
import type { OutputFiles } from "../output-folder";
import { writeNpy } from "../write-npy";
import { fillTemplate } from "./fill-template";
import type { Sample } from "./sample";

export interface ExportParts {
  /** As the board has it: with thresholds as nodes of their own, or not. */
  readonly graph: DataflowGraph;
  readonly board: Board;
  readonly folding: FoldingConfig;
  /** Which folding it is, in words for people. */
  readonly why: string;
  readonly sample: Sample;
}

/** The files of an export, by name. */
export async function exportFiles(parts: ExportParts): Promise<OutputFiles> {
  const { graph, board, folding, sample } = parts;
  const values = templateValues(parts);
  return new Map<string, string | Uint8Array>([
    ["model.onnx", writeOnnx(writeFinnOnnx(graph))],
    [`${board.name}_folding_config.json`, writeFoldingFile(folding)],
    [`${board.name}_specialize_layers.json`, `${JSON.stringify(specializeLayersConfig(graph), null, 2)}\n`],
    ["input.npy", writeNpy(graph.input.shape, sample.input)],
    ["expected_output.npy", writeNpy([1, sample.classes.length], BigInt64Array.from(sample.classes, BigInt))],
    ["build.py", await fillTemplate("build.py", values)],
    ["verify.py", await fillTemplate("verify.py", values)],
    ["README.md", await readme(values, isAlveo(board))],
  ]);
}

/** Does the folding say how deep the FIFOs are? If not, FINN has to find out. */
export function setsFifoDepths({ nodes }: FoldingConfig): boolean {
  return [...nodes].some(([name, attributes]) => name.startsWith("StreamingFIFO") && "depth" in attributes);
}

/** A package may be compiled either way, whatever the board: the build must make the nodes that the folding names. */
function hasThresholdsInside({ nodes }: DataflowGraph): boolean {
  return nodes.some((node) => (node.kind === "MVAU" || node.kind === "VVAU") && node.activation !== null);
}

/** Alveo cards sit in a host and are built by Vitis; the others are boards with a Zynq, built by Vivado. */
const isAlveo = ({ name }: Board): boolean => name === "U250";

async function readme(values: Readonly<Record<string, string>>, alveo: boolean): Promise<string> {
  const [before, card] = alveo ? ["alveo.md", "alveo-card.md"] : ["zynq.md", "zynq-card.md"];
  return fillTemplate("README.md", {
    ...values,
    before_building: (await fillTemplate(before, values)).trimEnd(),
    on_the_card: (await fillTemplate(card, values)).trimEnd(),
  });
}

function templateValues({
  graph,
  board,
  folding,
  why,
  sample,
}: ExportParts): Readonly<Record<string, string>> {
  const { shape, datatype } = graph.input;
  const [n = 1, height = 1, width = 1, channels = 1] = shape;
  const sized = setsFifoDepths(folding);
  return {
    name: graph.name,
    made_by: `Streamscope ${packageJson.version}`,
    board: board.name,
    part: board.part,
    clock_ns: String(board.clockNs),
    clock_mhz: (1000 / board.clockNs).toFixed(1),
    folding: why,
    fifos: sized
      ? ""
      : " The folding says nothing of FIFOs, so FINN simulates the network to size them, which adds to that.",
    clock_reached: isAlveo(board)
      ? " FINN's authors asked for the same with MobileNet-v1 on a U250, and reached about 240 MHz with the floorplan."
      : "",
    standalone_thresholds: pythonBoolean(!hasThresholdsInside(graph)),
    auto_fifo_depths: pythonBoolean(!sized),
    input_type: datatype.name,
    input_shape: `(${(shape.length === 4 ? [n, channels, height, width] : shape).join(", ")})`,
    card_shape: `(${shape.join(", ")})`,
    k: String(sample.classes.length),
    classes: `[${sample.classes.join(", ")}]`,
    bitfile: isAlveo(board) ? "finn-accel.xclbin" : "finn-accel.bit",
    platform: isAlveo(board) ? "alveo" : "zynq-iodma",
  };
}

const pythonBoolean = (value: boolean): string => (value ? "True" : "False");
