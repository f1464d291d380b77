import { useCallback, useRef } from "react";
import type { Folded } from "../../hardware/model";
import { useCanvas } from "../dataflow/use-canvas";
import { formatInteger } from "../kit/format";
import { cssColour, symmetric } from "../layers/model/shades";
import { useFocus } from "./focus";
import { InputVector } from "./input-vector";
import type { Lens } from "./model/lens";
import { foldsOf } from "./model/reduction";
import type { Tile } from "./model/tile";
import "./weight-matrix.css";

interface WeightMatrixProps {
  readonly lens: Lens;
  readonly node: number;
  readonly folded: Folded<"MVAU">;
  readonly tile: Tile;
  /** The lane that is shown large. */
  readonly chosen: number;
}

/** Where the tile stands in the weight matrix, and the tile's weights as colours: a row is a neuron. */
export function WeightMatrix({ lens, node, folded, tile, chosen }: WeightMatrixProps) {
  const { reduction, iteration } = tile;
  const { channels, terms, pe, simd, weights } = reduction;
  const { neuron, synapse } = foldsOf(reduction);
  const { neuronFold, synapseFold } = iteration;
  const chooseLane = useFocus((focus) => focus.chooseLane);
  const { min, max } = folded.node.weights.datatype;
  const canvas = useRef<HTMLCanvasElement>(null);
  const draw = useCallback<Parameters<typeof useCanvas>[1]>(
    ({ context, width, height, palette }) => {
      if (!weights) return;
      const scale = symmetric(min, max);
      for (let p = 0; p < pe; p++) {
        for (let s = 0; s < simd; s++) {
          const row = neuronFold * pe + p;
          const weight = weights[row * terms + synapseFold * simd + s] ?? 0;
          context.fillStyle = cssColour(scale, weight);
          context.fillRect((s * width) / simd, (p * height) / pe, width / simd, height / pe);
        }
      }
      context.strokeStyle = palette.focus;
      context.lineWidth = 2;
      context.strokeRect(1, (chosen * height) / pe, width - 2, Math.max(3, height / pe));
    },
    [weights, pe, simd, terms, neuronFold, synapseFold, chosen, min, max],
  );
  useCanvas(canvas, draw);
  const words = `neuron fold ${neuronFold + 1} of ${neuron}, synapse fold ${synapseFold + 1} of ${synapse}`;
  return (
    <div className="weight-matrix">
      <figure>
        <InputVector lens={lens} node={node} tile={tile} />
        <svg
          className="weight-matrix__map"
          viewBox={`0 0 ${terms} ${channels}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`The weight matrix of ${channels} neurons and ${terms} inputs; the tile stands at ${words}.`}
        >
          <rect className="weight-matrix__all" width={terms} height={channels} />
          <rect className="weight-matrix__done" width={terms} height={neuronFold * pe} />
          <rect className="weight-matrix__done" y={neuronFold * pe} width={synapseFold * simd} height={pe} />
          <rect
            className="weight-matrix__tile"
            x={synapseFold * simd}
            y={neuronFold * pe}
            width={simd}
            height={pe}
          />
        </svg>
        <figcaption className="stage__label">
          The pixel’s {formatInteger(terms)} inputs, kept for all neurons; below them all{" "}
          {formatInteger(channels)} × {formatInteger(terms)} weights: {words}
        </figcaption>
      </figure>
      <figure>
        <canvas
          ref={canvas}
          className="weight-matrix__weights"
          role="img"
          aria-label={`The tile’s ${pe} × ${simd} weights as colours, a row a neuron. Neuron ${neuronFold * pe + chosen} is marked; its weights are the numbers below.`}
          onPointerDown={({ clientY, currentTarget }) => {
            const { top, height } = currentTarget.getBoundingClientRect();
            chooseLane(node, Math.min(pe - 1, Math.max(0, Math.floor(((clientY - top) / height) * pe))));
          }}
        />
        <figcaption className="stage__label">
          The tile in use: PE {pe} × SIMD {simd}, amber below zero, teal above
        </figcaption>
      </figure>
    </div>
  );
}
