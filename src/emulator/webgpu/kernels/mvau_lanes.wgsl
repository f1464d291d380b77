// MVAU without a window (pointwise convolution), two pixels in one float.
//
// The values of two pixels share a float, the second times 4096, so that one multiply-add serves
// two products: (a + 4096 b) * w = a w + 4096 b w. A float holds 24 bits exactly, so each lane
// has 12, sign included; before a lane can leave -2048..2047 both are split off and added up
// apart ("flush", every `layer.block` words; the host proves from the weights how many that
// are). For activations of up to 7 unsigned bits and small weights.
//
// The tile is that of tile.wgsl: 8 pixels are 4 pairs, 16 neurons are 4 quads of weights.

struct Sums {
  first: vec4f, // of the pair's first pixel
  second: vec4f,
}

// Four channels below 128 of two pixels as lanes. The top byte's sign bit is never set, so a
// signed conversion does.
fn pairOf(first: u32, second: u32) -> vec4f {
  return smallBytes(source[first]) + 4096.0 * smallBytes(source[second]);
}

fn smallBytes(word: u32) -> vec4f {
  return vec4f(vec4i(vec4u(word & 0xffu, word & 0xff00u, word & 0xff0000u, word & 0x7f000000u)));
}

// Splits the lanes and adds them to the sums. They carry the factor 2^24 of bytes.wgsl. Rounding to
// the nearest multiple gives the second lane, whatever the sign of the first.
fn flushed(sums: Sums, lanes: vec4f) -> Sums {
  let second = floor(lanes * 0x1p-36f + 0.5);
  return Sums(sums.first + (lanes * UNSCALE - second * 4096.0), sums.second + second);
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let tile = tileOf(threadNumber(workgroup, workgroups, index), index);
  let lane = tile.lane;
  let words = layer.inWords;
  let last = layer.outHeight * layer.outWidth - 1u;
  let row0 = min(tile.pixel, last) * words;
  let row1 = min(tile.pixel + 1u, last) * words;
  let row2 = min(tile.pixel + 2u, last) * words;
  let row3 = min(tile.pixel + 3u, last) * words;
  let row4 = min(tile.pixel + 4u, last) * words;
  let row5 = min(tile.pixel + 5u, last) * words;
  let row6 = min(tile.pixel + 6u, last) * words;
  let row7 = min(tile.pixel + 7u, last) * words;

  var sums = array<Sums, 16>(); // [quad of neurons][pair of pixels]
  var at = tile.group * words * NEURONS;
  for (var begin = 0u; begin < words; begin += layer.block) {
    // Zeroed in so many words: without them, SwiftShader keeps the values of the last round.
    var lanes = array<vec4f, 16>();
    for (var k = begin; k < min(begin + layer.block, words); k++) {
      let pair0 = pairOf(row0 + k, row1 + k);
      let pair1 = pairOf(row2 + k, row3 + k);
      let pair2 = pairOf(row4 + k, row5 + k);
      let pair3 = pairOf(row6 + k, row7 + k);
      let weights0 = fourWeights(at, lane);
      lanes[0] += pair0 * weights0;
      lanes[1] += pair1 * weights0;
      lanes[2] += pair2 * weights0;
      lanes[3] += pair3 * weights0;
      let weights1 = fourWeights(at + 4u, lane);
      lanes[4] += pair0 * weights1;
      lanes[5] += pair1 * weights1;
      lanes[6] += pair2 * weights1;
      lanes[7] += pair3 * weights1;
      let weights2 = fourWeights(at + 8u, lane);
      lanes[8] += pair0 * weights2;
      lanes[9] += pair1 * weights2;
      lanes[10] += pair2 * weights2;
      lanes[11] += pair3 * weights2;
      let weights3 = fourWeights(at + 12u, lane);
      lanes[12] += pair0 * weights3;
      lanes[13] += pair1 * weights3;
      lanes[14] += pair2 * weights3;
      lanes[15] += pair3 * weights3;
      at += NEURONS;
    }
    sums[0] = flushed(sums[0], lanes[0]);
    sums[1] = flushed(sums[1], lanes[1]);
    sums[2] = flushed(sums[2], lanes[2]);
    sums[3] = flushed(sums[3], lanes[3]);
    sums[4] = flushed(sums[4], lanes[4]);
    sums[5] = flushed(sums[5], lanes[5]);
    sums[6] = flushed(sums[6], lanes[6]);
    sums[7] = flushed(sums[7], lanes[7]);
    sums[8] = flushed(sums[8], lanes[8]);
    sums[9] = flushed(sums[9], lanes[9]);
    sums[10] = flushed(sums[10], lanes[10]);
    sums[11] = flushed(sums[11], lanes[11]);
    sums[12] = flushed(sums[12], lanes[12]);
    sums[13] = flushed(sums[13], lanes[13]);
    sums[14] = flushed(sums[14], lanes[14]);
    sums[15] = flushed(sums[15], lanes[15]);
  }
  let word = tile.group * 4u;
  finishWord(tile, word, unpaired(sums[0], sums[1], sums[2], sums[3]));
  finishWord(tile, word + 1u, unpaired(sums[4], sums[5], sums[6], sums[7]));
  finishWord(tile, word + 2u, unpaired(sums[8], sums[9], sums[10], sums[11]));
  finishWord(tile, word + 3u, unpaired(sums[12], sums[13], sums[14], sums[15]));
}

fn unpaired(a: Sums, b: Sums, c: Sums, d: Sums) -> array<vec4f, 8> {
  return array(a.first, a.second, b.first, b.second, c.first, c.second, d.first, d.second);
}
