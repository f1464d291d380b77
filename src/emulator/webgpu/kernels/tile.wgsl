// The tile of mvau_lanes and mvau_float: a thread owns 8 pixels x 16 neurons, so each activation
// it loads meets 16 weights and each weight 8 activations. Threads of a quad take neighbouring
// runs of 8 pixels and the same neurons. A workgroup is 64 such threads, with no memory in common.
//
// Weights: [group of 16 neurons][word of 4 synapses][neuron]. Thresholds: f32
// [word of 4 neurons][step][neuron]. Both are padded to whole groups.

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
fn finishWord(tile: Tile, word: u32, sums: array<vec4f, 8>) {
  let steps = select(0u, layer.steps, ACTIVATED);
  var counts = array<vec4u, 8>();
  for (var step = 0u; step < steps; step++) {
    let t = fourThresholds((word * layer.steps + step) * 4u, tile.lane);
    counts[0] += select(vec4u(0u), vec4u(1u), sums[0] >= t);
    counts[1] += select(vec4u(0u), vec4u(1u), sums[1] >= t);
    counts[2] += select(vec4u(0u), vec4u(1u), sums[2] >= t);
    counts[3] += select(vec4u(0u), vec4u(1u), sums[3] >= t);
    counts[4] += select(vec4u(0u), vec4u(1u), sums[4] >= t);
    counts[5] += select(vec4u(0u), vec4u(1u), sums[5] >= t);
    counts[6] += select(vec4u(0u), vec4u(1u), sums[6] >= t);
    counts[7] += select(vec4u(0u), vec4u(1u), sums[7] >= t);
  }
  putPixel(tile, 0u, word, finishedSlots(sums[0], counts[0]));
  putPixel(tile, 1u, word, finishedSlots(sums[1], counts[1]));
  putPixel(tile, 2u, word, finishedSlots(sums[2], counts[2]));
  putPixel(tile, 3u, word, finishedSlots(sums[3], counts[3]));
  putPixel(tile, 4u, word, finishedSlots(sums[4], counts[4]));
  putPixel(tile, 5u, word, finishedSlots(sums[5], counts[5]));
  putPixel(tile, 6u, word, finishedSlots(sums[6], counts[6]));
  putPixel(tile, 7u, word, finishedSlots(sums[7], counts[7]));
}

fn finishedSlots(sums: vec4f, counts: vec4u) -> vec4i {
  if (ACTIVATED) {
    return vec4i(counts) + vec4i(layer.actVal);
  }
  return vec4i(sums);
}

// Writes four neurons of one pixel, given by slot.
fn putPixel(tile: Tile, number: u32, word: u32, values: vec4i) {
  let pixel = tile.pixel + number;
  let live = tile.live & (pixel < layer.outHeight * layer.outWidth);
  if (OUT_WIDE) {
    for (var i = 0u; i < 4u; i++) {
      let neuron = word * 4u + tile.slots[i];
      if (live & (neuron < layer.outChannels)) {
        sink[pixel * layer.outWords + neuron] = bitcast<u32>(values[i]);
      }
    }
  } else if (live & (word < layer.outWords)) {
    sink[pixel * layer.outWords + word] = dot(bitcast<vec4u>(values) & vec4u(0xffu), tile.places);
  }
}
