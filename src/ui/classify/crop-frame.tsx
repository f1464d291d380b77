import type { Classification } from "../../workers/emulator-api";
import "./crop-frame.css";

/**
 * Frames the crop and dims the rest. Fits the photo beneath it: both are scaled to be whole in
 * the same box. The caption says the same in words.
 */
export function CropFrame({ source }: { readonly source: Classification["source"] }) {
  const { width, height, crop } = source;
  const right = crop.x + crop.width;
  const bottom = crop.y + crop.height;
  const tick = Math.min(crop.width, crop.height) * 0.08;
  const outside = `M0 0H${width}V${height}H0Z M${crop.x} ${crop.y}V${bottom}H${right}V${crop.y}Z`;
  const ticks = [
    `M${crop.x} ${crop.y + tick}V${crop.y}H${crop.x + tick}`,
    `M${right - tick} ${crop.y}H${right}V${crop.y + tick}`,
    `M${right} ${bottom - tick}V${bottom}H${right - tick}`,
    `M${crop.x + tick} ${bottom}H${crop.x}V${bottom - tick}`,
  ].join("");
  return (
    <svg className="crop-frame" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <path className="crop-frame__outside" d={outside} />
      <rect className="crop-frame__edge" x={crop.x} y={crop.y} width={crop.width} height={crop.height} />
      <path className="crop-frame__ticks" d={ticks} />
    </svg>
  );
}
