import { useEffect, useRef } from "react";
import "./network-input.css";

/** The very pixels that went into the network: `pixels` is a square of RGB bytes. */
export function NetworkInput({ pixels }: { readonly pixels: Uint8Array }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const side = Math.sqrt(pixels.length / 3);

  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const image = context.createImageData(side, side);
    for (let from = 0, to = 0; from < pixels.length; from += 3, to += 4) {
      image.data[to] = pixels[from]!;
      image.data[to + 1] = pixels[from + 1]!;
      image.data[to + 2] = pixels[from + 2]!;
      image.data[to + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [pixels, side]);

  return (
    <canvas
      ref={canvas}
      className="network-input"
      role="img"
      aria-label={`The ${side} × ${side} pixels that went into the network`}
      width={side}
      height={side}
    />
  );
}
