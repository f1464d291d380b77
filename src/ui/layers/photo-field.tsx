import { memo, useRef } from "react";
import { useAppState } from "../app-context";
import { CropFrame } from "../classify/crop-frame";
import { SavePicture } from "../kit/save-picture/save-picture";
import { describeField } from "./model/describe-field";
import { type AxisField, receptiveField } from "./model/receptive-field";
import type { Look } from "./use-look";
import "./photo-field.css";

/** The photo with what the pixel sees of it. A place on the photo can be picked, too. */
export const PhotoField = memo(function PhotoField({ look }: { readonly look: Look }) {
  const { layers, layer, index, pixel } = look;
  const outcome = useAppState((state) => state.outcome);
  const setPixel = useAppState((state) => state.setPixel);
  const part = useRef<HTMLElement>(null);
  const input = layers[0];
  if (!outcome || !input) return null;
  const { picture, classification } = outcome;
  const { width, height, crop } = classification.source;
  const field = receptiveField(layers, index, pixel.row, pixel.column);
  // From pixels of the network's input to those of the photo.
  const [right, down] = [crop.width / input.width, crop.height / input.height];
  const seen = { rows: placed(field.rows, crop.y, down), columns: placed(field.columns, crop.x, right) };
  const words = `Row ${pixel.row}, column ${pixel.column} of ${layer.title}. ${describeField(field, input)}`;
  const onPointerDown = ({ clientX, clientY, currentTarget }: React.PointerEvent) => {
    const box = currentTarget.getBoundingClientRect();
    const row = Math.floor((((clientY - box.top) / box.height) * height - crop.y) / down);
    const column = Math.floor((((clientX - box.left) / box.width) * width - crop.x) / right);
    if (row >= 0 && column >= 0 && row < input.height && column < input.width) {
      setPixel({ node: null, row, column });
    }
  };
  return (
    <section ref={part} className="layers__part" aria-labelledby="photo-field-heading">
      <div className="layers__part-head">
        <h3 id="photo-field-heading">What the pixel sees</h3>
        <SavePicture picture={part} name="Receptive field" of={layer.title} description={words} />
      </div>
      {/* The same is done with the keys on the network's input, the first layer. */}
      <div
        className="photo-field"
        style={{ aspectRatio: `${width} / ${height}` }}
        onPointerDown={onPointerDown}
      >
        <img src={picture.url} alt={picture.alt} draggable={false} />
        <CropFrame source={classification.source} />
        {seen.rows && seen.columns && (
          <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
            <rect
              className="photo-field__seen"
              x={seen.columns.from}
              y={seen.rows.from}
              width={seen.columns.length}
              height={seen.rows.length}
            />
          </svg>
        )}
      </div>
      <p className="layers__words" data-testid="field">
        {words}
      </p>
      <p className="layers__words" data-not-in-picture data-not-on-paper>
        Pick a place on the photo to follow it through all layers.
      </p>
    </section>
  );
});

function placed({ seen }: AxisField, from: number, scale: number) {
  return seen && { from: from + seen.first * scale, length: (seen.last - seen.first + 1) * scale };
}
