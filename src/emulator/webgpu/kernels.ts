import bytes from "./kernels/bytes.wgsl?raw";
import channelwise from "./kernels/channelwise.wgsl?raw";
import elements from "./kernels/elements.wgsl?raw";
import fullyConnected from "./kernels/fully_connected.wgsl?raw";
import labelSelect from "./kernels/label_select.wgsl?raw";
import layer from "./kernels/layer.wgsl?raw";
import mvau from "./kernels/mvau.wgsl?raw";
import mvauDot4 from "./kernels/mvau_dot4.wgsl?raw";
import mvauFloat from "./kernels/mvau_float.wgsl?raw";
import mvauLanes from "./kernels/mvau_lanes.wgsl?raw";
import pool from "./kernels/pool.wgsl?raw";
import quads from "./kernels/quads.wgsl?raw";
import quadsOfOne from "./kernels/quads_of_one.wgsl?raw";
import reshape from "./kernels/reshape.wgsl?raw";
import thresholding from "./kernels/thresholding.wgsl?raw";
import tile from "./kernels/tile.wgsl?raw";
import vvau from "./kernels/vvau.wgsl?raw";
import vvauLineBuffer from "./kernels/vvau_line_buffer.wgsl?raw";
import window from "./kernels/window.wgsl?raw";

export type KernelName =
  | "mvau_lanes"
  | "mvau_dot4"
  | "mvau_float"
  | "mvau"
  | "fully_connected"
  | "vvau_line_buffer"
  | "vvau"
  | "pool"
  | "thresholding"
  | "channelwise"
  | "window"
  | "reshape"
  | "label_select";

/**
 * The whole WGSL of a kernel: its file and the shared ones it uses, one after another. WGSL has
 * no imports, but the order of declarations is free, so plain concatenation is enough.
 *
 * `subgroups` says whether threads of a quad may swap values.
 */
export function kernelSource(kernel: KernelName, subgroups: boolean): string {
  // First, because `enable` must come before everything else.
  const quad = subgroups ? quads : quadsOfOne;
  const parts: Record<KernelName, readonly string[]> = {
    mvau_lanes: [quad, layer, bytes, tile, mvauLanes],
    mvau_dot4: [layer, elements, mvauDot4],
    mvau_float: [quad, layer, bytes, tile, mvauFloat],
    mvau: [layer, elements, mvau],
    fully_connected: [layer, bytes, elements, fullyConnected],
    vvau_line_buffer: [quad, layer, bytes, elements, vvauLineBuffer],
    vvau: [layer, elements, vvau],
    pool: [layer, elements, pool],
    thresholding: [layer, elements, thresholding],
    channelwise: [layer, elements, channelwise],
    window: [layer, elements, window],
    reshape: [layer, elements, reshape],
    label_select: [layer, elements, labelSelect],
  };
  return parts[kernel].join("\n");
}
