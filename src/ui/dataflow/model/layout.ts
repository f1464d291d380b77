import type { Pipeline, PipelineMachine } from "./pipeline";

/** In units that are CSS pixels at a zoom of 1. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Point = readonly [x: number, y: number];

/** Where everything stands. */
export interface MapLayout {
  readonly width: number;
  readonly height: number;
  /** Of each machine. */
  readonly machines: readonly Box[];
  /** Of each stream, from the machine before to the machine behind: a line with right angles. */
  readonly pipes: readonly (readonly Point[])[];
  /** Of each layer, its title in the upper `titleHeight`. */
  readonly frames: readonly Box[];
}

const machineSize = { width: 62, height: 30 };
const pitch = { x: 88, y: 54 };
const margin = 10;
export const titleHeight = 22;

/**
 * Every layer is a column that the stream runs down, and the columns follow each other: so the same
 * parts of all dws blocks stand side by side. From the foot of a column a pipe leads up to the head
 * of the next.
 */
export function layoutOf({ machines, groups }: Pipeline): MapLayout {
  const columns = groups.map(({ first, last }) => machines.slice(first, last + 1));
  const template = templateOf(columns.filter((_, i) => groups[i]?.isBlock));
  const rowCount = Math.max(template.length, ...columns.map(({ length }) => length));
  const boxes: Box[] = columns.flatMap((column, c) =>
    rowsOf(column, template, rowCount).map((row) => ({
      x: margin + c * pitch.x + (pitch.x - machineSize.width) / 2,
      y: margin + titleHeight + 12 + row * pitch.y,
      ...machineSize,
    })),
  );
  const height = 2 * margin + titleHeight + 12 + rowCount * pitch.y - (pitch.y - machineSize.height) + 12;
  return {
    width: 2 * margin + columns.length * pitch.x,
    height,
    machines: boxes,
    pipes: boxes.slice(1).map((to, i) => pipe(boxes[i]!, to, i, machines)),
    frames: columns.map((_, c) => ({
      x: margin + c * pitch.x + 5,
      y: margin,
      width: pitch.x - 10,
      height: height - 2 * margin,
    })),
  };
}

/** The kinds of the longest block, slot by slot; a slot for each converter that any block has. */
function templateOf(blocks: readonly (readonly PipelineMachine[])[]): PipelineMachine["kind"][] {
  const template: PipelineMachine["kind"][] = [];
  const isConverter = (kind: PipelineMachine["kind"] | undefined) => kind === "StreamingDataWidthConverter";
  const positions = blocks.map(() => 0);
  const kindOf = (block: number) => blocks[block]?.[positions[block] ?? 0]?.kind;
  while (blocks.some((_, block) => kindOf(block) !== undefined)) {
    const kinds = blocks.map((_, block) => kindOf(block));
    // Converters first: a block that has none here leaves the slot empty.
    const next = kinds.find(isConverter) ?? kinds.find((kind) => kind !== undefined)!;
    template.push(next);
    for (const [block, kind] of kinds.entries()) if (kind === next) positions[block]!++;
  }
  return template;
}

/** The row of each machine: the next slot of its kind, if those behind it still have room then. */
function rowsOf(
  column: readonly PipelineMachine[],
  template: readonly PipelineMachine["kind"][],
  rowCount: number,
): number[] {
  let next = 0;
  return column.map(({ kind }, i) => {
    const slot = template.indexOf(kind, next);
    const latest = rowCount - (column.length - i);
    const row = slot < 0 || slot > latest ? next : slot;
    next = row + 1;
    return row;
  });
}

function pipe(from: Box, to: Box, stream: number, machines: readonly PipelineMachine[]): Point[] {
  const start: Point = [from.x + from.width / 2, from.y + from.height];
  const end: Point = [to.x + to.width / 2, to.y];
  if (machines[stream]?.group === machines[stream + 1]?.group) return [start, end];
  const between = (from.x + from.width + to.x) / 2;
  return [
    start,
    [start[0], start[1] + 10],
    [between, start[1] + 10],
    [between, end[1] - 10],
    [end[0], end[1] - 10],
    end,
  ];
}

/** The machine at a place on the map; null beside them. */
export function machineAt({ machines }: MapLayout, [x, y]: Point, reach = 0): number | null {
  const index = machines.findIndex(
    (box) =>
      x >= box.x - reach &&
      x <= box.x + box.width + reach &&
      y >= box.y - reach &&
      y <= box.y + box.height + reach,
  );
  return index < 0 ? null : index;
}
