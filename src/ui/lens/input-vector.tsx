import { useCallback, useRef } from "react";
import { useCanvas } from "../dataflow/use-canvas";
import { cssColour } from "../layers/model/shades";
import { streamOn, valueOn } from "./model/chain";
import type { Lens } from "./model/lens";
import type { Tile } from "./model/tile";

interface InputVectorProps {
  readonly lens: Lens;
  readonly node: number;
  readonly tile: Tile;
}

/**
 * The input vector that an MVAU keeps, as colours. The first neuron fold reads it, SIMD values a
 * cycle; the folds after that take it from here. The values in use are marked.
 */
export function InputVector({ lens, node, tile: { reduction, iteration } }: InputVectorProps) {
  const { terms, simd } = reduction;
  const { pixel, neuronFold, synapseFold } = iteration;
  const kept = neuronFold > 0 ? terms : (synapseFold + 1) * simd;
  const canvas = useRef<HTMLCanvasElement>(null);
  const draw = useCallback<Parameters<typeof useCanvas>[1]>(
    ({ context, width, height, palette }) => {
      const { min, max } = streamOn(lens.chain, node).datatype;
      const value = width / terms;
      for (let term = 0; term < kept; term++) {
        context.fillStyle = cssColour(
          { low: min, high: max },
          valueOn(lens.chain, node, pixel * terms + term),
        );
        context.fillRect(term * value, 0, value + 0.5, height);
      }
      context.strokeStyle = palette.danger;
      context.lineWidth = 2;
      context.strokeRect(synapseFold * simd * value + 1, 1, Math.max(2, simd * value - 2), height - 2);
    },
    [lens, node, pixel, terms, simd, kept, synapseFold],
  );
  useCanvas(canvas, draw);
  return (
    <canvas
      ref={canvas}
      className="weight-matrix__vector"
      role="img"
      aria-label={`The input vector of ${terms} values, of which ${kept} were read; ${synapseFold * simd} to ${synapseFold * simd + simd - 1} are in use.`}
    />
  );
}
