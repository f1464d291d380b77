// MVAU without a window (pointwise convolution), four products an instruction (dot4I8Packed, the
// DP4A of GPUs). For values that fit a signed byte.
//
// A workgroup owns 32 pixels x 32 neurons. It walks along the synapses in slabs of 8 words (32
// synapses), which its 64 threads load together into 2 KB of workgroup memory; there each word is
// read by 8 threads. A thread owns 4 pixels x 4 neurons: 8 vector loads for 64 dot products, few
// enough registers for full occupancy, and small layers (7 x 7 pixels) still give many workgroups.
//
// Weights: [neuron][word of 4 synapses]. Thresholds: i32 [word of 4 neurons][step][neuron]. Neurons
// are padded to a multiple of 32.

const TILE = 32u; // pixels, and neurons, of a workgroup
const SIDE = 4u; // pixels, and neurons, of a thread
const SLAB = 2u; // vectors of 4 words

var<workgroup> values: array<vec4u, 64>; // [pixel][vector]
var<workgroup> weights: array<vec4u, 64>; // [neuron][vector]

// Four words of a row; words past its end count as zero.
fn rowValues(row: u32, k: u32) -> vec4u {
  let words = layer.inWords;
  let at = row * words + k;
  return vec4u(
    select(0u, source[at], k < words),
    select(0u, source[at + 1u], k + 1u < words),
    select(0u, source[at + 2u], k + 2u < words),
    select(0u, source[at + 3u], k + 3u < words),
  );
}

// No check: past the end of a row lies another row or nothing, and its partner above is zero.
fn rowWeights(row: u32, k: u32) -> vec4u {
  let at = row * layer.inWords + k;
  return vec4u(constants[at], constants[at + 1u], constants[at + 2u], constants[at + 3u]);
}

fn dot16(a: vec4u, b: vec4u) -> i32 {
  return dot4I8Packed(a.x, b.x) + dot4I8Packed(a.y, b.y) + dot4I8Packed(a.z, b.z) + dot4I8Packed(a.w, b.w);
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let pixels = layer.outHeight * layer.outWidth;
  let tiles = (pixels + TILE - 1u) / TILE;
  let number = workgroup.y * workgroups.x + workgroup.x;
  let firstPixel = (number % tiles) * TILE;
  let firstNeuron = (number / tiles) * TILE;
  let across = (index % 8u) * SIDE; // this thread's first pixel in the tile
  let down = (index / 8u) * SIDE; // and neuron
  let loadRow = index / SLAB;
  let loadPart = (index % SLAB) * 4u;
  let loadPixel = min(firstPixel + loadRow, pixels - 1u);

  var sums = array<vec4i, 4>(); // [pixel], a component a neuron
  for (var k = 0u; k < layer.inWords; k += 4u * SLAB) {
    values[index] = rowValues(loadPixel, k + loadPart);
    weights[index] = rowWeights(firstNeuron + loadRow, k + loadPart);
    workgroupBarrier();
    for (var part = 0u; part < SLAB; part++) {
      let w0 = weights[down * SLAB + part];
      let w1 = weights[(down + 1u) * SLAB + part];
      let w2 = weights[(down + 2u) * SLAB + part];
      let w3 = weights[(down + 3u) * SLAB + part];
      let v0 = values[across * SLAB + part];
      sums[0] += vec4i(dot16(v0, w0), dot16(v0, w1), dot16(v0, w2), dot16(v0, w3));
      let v1 = values[(across + 1u) * SLAB + part];
      sums[1] += vec4i(dot16(v1, w0), dot16(v1, w1), dot16(v1, w2), dot16(v1, w3));
      let v2 = values[(across + 2u) * SLAB + part];
      sums[2] += vec4i(dot16(v2, w0), dot16(v2, w1), dot16(v2, w2), dot16(v2, w3));
      let v3 = values[(across + 3u) * SLAB + part];
      sums[3] += vec4i(dot16(v3, w0), dot16(v3, w1), dot16(v3, w2), dot16(v3, w3));
    }
    workgroupBarrier();
  }

  let word = (firstNeuron + down) / 4u;
  let first = firstPixel + across;
  if (ACTIVATED) {
    var counts = array<vec4i, 4>();
    for (var step = 0u; step < layer.steps; step++) {
      let at = (word * layer.steps + step) * 4u;
      let t = bitcast<vec4i>(vec4u(thresholds[at], thresholds[at + 1u], thresholds[at + 2u], thresholds[at + 3u]));
      counts[0] += select(vec4i(0), vec4i(1), sums[0] >= t);
      counts[1] += select(vec4i(0), vec4i(1), sums[1] >= t);
      counts[2] += select(vec4i(0), vec4i(1), sums[2] >= t);
      counts[3] += select(vec4i(0), vec4i(1), sums[3] >= t);
    }
    let actVal = vec4i(layer.actVal);
    sums = array(counts[0] + actVal, counts[1] + actVal, counts[2] + actVal, counts[3] + actVal);
  }
  putPixel(first, word, sums[0]);
  putPixel(first + 1u, word, sums[1]);
  putPixel(first + 2u, word, sums[2]);
  putPixel(first + 3u, word, sums[3]);
}

fn putPixel(pixel: u32, word: u32, numbers: vec4i) {
  if (pixel < layer.outHeight * layer.outWidth && word * 4u < layer.outChannels) {
    writeWord(pixel, word, numbers);
  }
}
