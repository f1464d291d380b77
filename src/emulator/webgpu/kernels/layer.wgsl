// What every kernel is told of its layer, and where its data lie. All kernels have the same five
// bindings, so that one bind group layout serves them all; a kernel without constants or
// thresholds gets an empty buffer there.
//
// A map lies in memory NHWC. "Packed": four 8-bit channels a word, the first in the lowest byte,
// channels padded to a multiple of four (what the padding holds is nobody's business).
// "Wide": one i32 a channel, no padding.

struct Layer {
  inHeight: u32,
  inWidth: u32,
  inChannels: u32,
  inWords: u32, // words a pixel
  outHeight: u32,
  outWidth: u32,
  outChannels: u32,
  outWords: u32,
  kernelHeight: u32,
  kernelWidth: u32,
  strideY: u32,
  strideX: u32,
  dilationY: u32,
  dilationX: u32,
  padTop: u32,
  padLeft: u32,
  steps: u32, // thresholds a channel
  actVal: i32, // the activation below the first threshold
  shift: u32, // Pool: right shift of the sum
  block: u32, // mvau_lanes: words between flushes; vvau_line_buffer: output rows of a strip
}

@group(0) @binding(0) var<uniform> layer: Layer;
@group(0) @binding(1) var<storage, read> source: array<u32>;
@group(0) @binding(2) var<storage, read_write> sink: array<u32>;
@group(0) @binding(3) var<storage, read> constants: array<u32>;
@group(0) @binding(4) var<storage, read> thresholds: array<u32>;

override IN_WIDE = false;
override IN_SIGNED = false;
override OUT_WIDE = false;
// Does the layer end in thresholds?
override ACTIVATED = false;

const WORKGROUP = 64u;

// The number of this thread in the whole dispatch. (A dispatch takes at most 65535 workgroups
// along x; the rest is folded into y.)
fn threadNumber(workgroup: vec3u, workgroups: vec3u, index: u32) -> u32 {
  return (workgroup.y * workgroups.x + workgroup.x) * WORKGROUP + index;
}

// Row and column of the input under the kernel's upper left corner, for an output pixel.
fn windowOrigin(pixel: u32) -> vec2i {
  let y = (pixel / layer.outWidth) * layer.strideY;
  let x = (pixel % layer.outWidth) * layer.strideX;
  return vec2i(i32(y) - i32(layer.padTop), i32(x) - i32(layer.padLeft));
}
