import { useEffect, useRef } from "react";
import { rgbImage } from "../kit/rgb-image";
import "./network-input.css";

/** The very pixels that went into the network: `pixels` is a square of RGB bytes. */
export function NetworkInput({ pixels }: { readonly pixels: Uint8Array }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const side = Math.sqrt(pixels.length / 3);

  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    context?.putImageData(rgbImage(pixels), 0, 0);
  }, [pixels]);

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
