// The tile of mvau_lanes and mvau_float: a thread owns 8 pixels x 16 neurons, so each activation
// it loads meets 16 weights and each weight 8 activations. Threads of a quad take neighbouring
// runs of 8 pixels and the same neurons. A workgroup is 64 such threads, with no memory in common.
//
// Weights: [group of 16 neurons][word of 4 synapses][neuron]. Thresholds: f32
// [word of 4 neurons][step][neuron], steps padded to fours. Both are padded to whole groups.

const PIXELS = 8u;
const NEURONS = 16u;

struct Tile {
  pixel: u32, // the first of 8
  group: u32, // of 16 neurons
  lane: u32, // of the quad
  slots: vec4u, // which of four neurons a slot holds
  places: vec4u, // what moves that neuron's byte to its place in a word: 256^slot
  live: bool, // false for threads beyond the last tile, which compute along and write nothing
}

fn tileOf(thread: u32, index: u32) -> Tile {
  let pixels = layer.outHeight * layer.outWidth;
  let across = (pixels + PIXELS * QUAD - 1u) / (PIXELS * QUAD) * QUAD;
  let groups = (layer.outChannels + NEURONS - 1u) / NEURONS;
  let group = thread / across;
  let lane = quadLane(index);
  let slots = vec4u(lane) ^ vec4u(0u, 1u, 2u, 3u);
  return Tile(
    (thread - group * across) * PIXELS,
    min(group, groups - 1u),
    lane,
    slots,
    vec4u(1u) << (slots * 8u),
    group < groups,
  );
}

// Takes four neurons (word `word` of the output) of the tile's 8 pixels from sums to the output.
// `step` is 1 where the sum reaches the threshold: a comparison and a mask, cheaper than a selection.
fn finishWord(tile: Tile, word: u32, sums: array<vec4f, 8>) {
  if (!ACTIVATED) {
    putPixels(tile, word, sums);
    return;
  }
  let actVal = vec4f(f32(layer.actVal));
  var values = array(actVal, actVal, actVal, actVal, actVal, actVal, actVal, actVal);
  let fours = (layer.steps + 3u) / 4u;
  for (var i = 0u; i < fours; i++) {
    let at = (word * fours + i) * 16u;
    let t0 = fourThresholds(at, tile.lane);
    let t1 = fourThresholds(at + 4u, tile.lane);
    let t2 = fourThresholds(at + 8u, tile.lane);
    let t3 = fourThresholds(at + 12u, tile.lane);
    values[0] += step(t0, sums[0]) + step(t1, sums[0]) + step(t2, sums[0]) + step(t3, sums[0]);
    values[1] += step(t0, sums[1]) + step(t1, sums[1]) + step(t2, sums[1]) + step(t3, sums[1]);
    values[2] += step(t0, sums[2]) + step(t1, sums[2]) + step(t2, sums[2]) + step(t3, sums[2]);
    values[3] += step(t0, sums[3]) + step(t1, sums[3]) + step(t2, sums[3]) + step(t3, sums[3]);
    values[4] += step(t0, sums[4]) + step(t1, sums[4]) + step(t2, sums[4]) + step(t3, sums[4]);
    values[5] += step(t0, sums[5]) + step(t1, sums[5]) + step(t2, sums[5]) + step(t3, sums[5]);
    values[6] += step(t0, sums[6]) + step(t1, sums[6]) + step(t2, sums[6]) + step(t3, sums[6]);
    values[7] += step(t0, sums[7]) + step(t1, sums[7]) + step(t2, sums[7]) + step(t3, sums[7]);
  }
  putPixels(tile, word, values);
}

fn putPixels(tile: Tile, word: u32, values: array<vec4f, 8>) {
  putPixel(tile, 0u, word, values[0]);
  putPixel(tile, 1u, word, values[1]);
  putPixel(tile, 2u, word, values[2]);
  putPixel(tile, 3u, word, values[3]);
  putPixel(tile, 4u, word, values[4]);
  putPixel(tile, 5u, word, values[5]);
  putPixel(tile, 6u, word, values[6]);
  putPixel(tile, 7u, word, values[7]);
}

// Writes four neurons of one pixel, given by slot. (`&` rather than `&&`, which is a branch: software
// GPUs compile many of them very slowly.)
fn putPixel(tile: Tile, number: u32, word: u32, values: vec4f) {
  let pixel = tile.pixel + number;
  let live = tile.live & (pixel < layer.outHeight * layer.outWidth);
  if (OUT_WIDE) {
    for (var i = 0u; i < 4u; i++) {
      let neuron = word * 4u + tile.slots[i];
      if (live & (neuron < layer.outChannels)) {
        sink[pixel * layer.outWords + neuron] = bitcast<u32>(i32(values[i]));
      }
    }
  } else if (live & (word < layer.outWords)) {
    sink[pixel * layer.outWords + word] = dot(lowBytes(values), tile.places);
  }
}
