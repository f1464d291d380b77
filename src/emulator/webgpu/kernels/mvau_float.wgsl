// SWG + MVAU: any window (or none), one product a float multiply-add. For values and weights of
// up to 8 bits whose sums stay below 2^24, which a float holds exactly: conv0 on raw pixels, for one.
//
// As in the hardware, the window is not written out anywhere: a thread walks over the kernel and
// takes each of its 8 pixels' inputs from where they lie; padding is a zero that is not there.
// The tile is that of tile.wgsl. Synapses are in (kh, kw, channel) order, channels padded to words.

// Index of the first word at a row and column of the input, or -1 outside. (A negative coordinate
// is a large one without sign.)
fn rowAt(position: vec2i) -> i32 {
  let inside = all(vec2u(position) < vec2u(layer.inHeight, layer.inWidth));
  return select(-1, (position.x * i32(layer.inWidth) + position.y) * i32(layer.inWords), inside);
}

fn valuesAt(row: i32, k: u32) -> vec4f {
  return valueBytes(select(0u, source[u32(max(row, 0)) + k], row >= 0));
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let tile = tileOf(threadNumber(workgroup, workgroups, index), index);
  let last = layer.outHeight * layer.outWidth - 1u;
  let origin0 = windowOrigin(min(tile.pixel, last));
  let origin1 = windowOrigin(min(tile.pixel + 1u, last));
  let origin2 = windowOrigin(min(tile.pixel + 2u, last));
  let origin3 = windowOrigin(min(tile.pixel + 3u, last));
  let origin4 = windowOrigin(min(tile.pixel + 4u, last));
  let origin5 = windowOrigin(min(tile.pixel + 5u, last));
  let origin6 = windowOrigin(min(tile.pixel + 6u, last));
  let origin7 = windowOrigin(min(tile.pixel + 7u, last));

  var sums = array<vec4f, 32>(); // [quad of neurons][pixel]
  var at = tile.group * layer.kernelHeight * layer.kernelWidth * layer.inWords * NEURONS;
  // One loop, not three nested ones: what a loop carries (32 vectors) is costly to hand from level to level.
  let words = layer.kernelHeight * layer.kernelWidth * layer.inWords;
  for (var n = 0u; n < words; n++) {
    let tap = n / layer.inWords;
    let k = n - tap * layer.inWords;
    let ky = tap / layer.kernelWidth;
    let step = vec2i(vec2u(ky * layer.dilationY, (tap - ky * layer.kernelWidth) * layer.dilationX));
    let values0 = valuesAt(rowAt(origin0 + step), k);
    let values1 = valuesAt(rowAt(origin1 + step), k);
    let values2 = valuesAt(rowAt(origin2 + step), k);
    let values3 = valuesAt(rowAt(origin3 + step), k);
    let values4 = valuesAt(rowAt(origin4 + step), k);
    let values5 = valuesAt(rowAt(origin5 + step), k);
    let values6 = valuesAt(rowAt(origin6 + step), k);
    let values7 = valuesAt(rowAt(origin7 + step), k);
    let weights0 = fourWeights(at, tile.lane);
    sums[0] += values0 * weights0;
    sums[1] += values1 * weights0;
    sums[2] += values2 * weights0;
    sums[3] += values3 * weights0;
    sums[4] += values4 * weights0;
    sums[5] += values5 * weights0;
    sums[6] += values6 * weights0;
    sums[7] += values7 * weights0;
    let weights1 = fourWeights(at + 4u, tile.lane);
    sums[8] += values0 * weights1;
    sums[9] += values1 * weights1;
    sums[10] += values2 * weights1;
    sums[11] += values3 * weights1;
    sums[12] += values4 * weights1;
    sums[13] += values5 * weights1;
    sums[14] += values6 * weights1;
    sums[15] += values7 * weights1;
    let weights2 = fourWeights(at + 8u, tile.lane);
    sums[16] += values0 * weights2;
    sums[17] += values1 * weights2;
    sums[18] += values2 * weights2;
    sums[19] += values3 * weights2;
    sums[20] += values4 * weights2;
    sums[21] += values5 * weights2;
    sums[22] += values6 * weights2;
    sums[23] += values7 * weights2;
    let weights3 = fourWeights(at + 12u, tile.lane);
    sums[24] += values0 * weights3;
    sums[25] += values1 * weights3;
    sums[26] += values2 * weights3;
    sums[27] += values3 * weights3;
    sums[28] += values4 * weights3;
    sums[29] += values5 * weights3;
    sums[30] += values6 * weights3;
    sums[31] += values7 * weights3;
    at += NEURONS;
    }
  let word = tile.group * 4u;
  finishWord(tile, word, unscaled(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7]));
  finishWord(tile, word + 1u, unscaled(sums[8], sums[9], sums[10], sums[11], sums[12], sums[13], sums[14], sums[15]));
  finishWord(tile, word + 2u, unscaled(sums[16], sums[17], sums[18], sums[19], sums[20], sums[21], sums[22], sums[23]));
  finishWord(tile, word + 3u, unscaled(sums[24], sums[25], sums[26], sums[27], sums[28], sums[29], sums[30], sums[31]));
}

fn unscaled(a: vec4f, b: vec4f, c: vec4f, d: vec4f, e: vec4f, f: vec4f, g: vec4f, h: vec4f) -> array<vec4f, 8> {
  return array(
    a * UNSCALE, b * UNSCALE, c * UNSCALE, d * UNSCALE, e * UNSCALE, f * UNSCALE, g * UNSCALE, h * UNSCALE,
  );
}
