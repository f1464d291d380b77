import type { Point } from "./layout";

/** The part of a line of straight pieces between two shares, 0 to 1, of its length. */
export function partOfLine(points: readonly Point[], from: number, to: number): Point[] {
  const lengths = points.slice(1).map((point, i) => distance(points[i]!, point));
  const length = lengths.reduce((sum, piece) => sum + piece, 0);
  const [begin, end] = [from * length, to * length];
  const part: Point[] = [];
  let passed = 0;
  for (const [i, piece] of lengths.entries()) {
    const [a, b] = [points[i]!, points[i + 1]!];
    const [first, last] = [Math.max(begin, passed), Math.min(end, passed + piece)];
    if (first < last) {
      if (part.length === 0) part.push(between(a, b, (first - passed) / piece));
      part.push(between(a, b, (last - passed) / piece));
    }
    passed += piece;
  }
  return part;
}

const distance = ([ax, ay]: Point, [bx, by]: Point): number => Math.hypot(bx - ax, by - ay);
const between = ([ax, ay]: Point, [bx, by]: Point, share: number): Point => [
  ax + share * (bx - ax),
  ay + share * (by - ay),
];
