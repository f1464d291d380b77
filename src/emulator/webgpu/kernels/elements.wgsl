// Value by value access to maps of any form and type: for kernels where generality counts
// more than speed.

// Channel `channel` of the input's pixel number `pixel`.
fn readValue(pixel: u32, channel: u32) -> i32 {
  if (IN_WIDE) {
    return bitcast<i32>(source[pixel * layer.inWords + channel]);
  }
  let word = source[pixel * layer.inWords + channel / 4u];
  let bit = (channel % 4u) * 8u;
  if (IN_SIGNED) {
    return extractBits(bitcast<i32>(word), bit, 8u);
  }
  return i32(extractBits(word, bit, 8u));
}

// The same at row y, column x; zero outside the map.
fn readAt(y: i32, x: i32, channel: u32) -> i32 {
  if (y < 0 || x < 0 || y >= i32(layer.inHeight) || x >= i32(layer.inWidth)) {
    return 0;
  }
  return readValue(u32(y) * layer.inWidth + u32(x), channel);
}

// Four channels of an output pixel, from channel 4 * word on.
fn writeWord(pixel: u32, word: u32, values: vec4i) {
  if (OUT_WIDE) {
    for (var i = 0u; i < 4u; i++) {
      let channel = word * 4u + i;
      if (channel < layer.outChannels) {
        sink[pixel * layer.outWords + channel] = bitcast<u32>(values[i]);
      }
    }
    return;
  }
  let bytes = bitcast<vec4u>(values) & vec4u(0xffu);
  sink[pixel * layer.outWords + word] = bytes.x | (bytes.y << 8u) | (bytes.z << 16u) | (bytes.w << 24u);
}

// The activation of an accumulator: actVal plus the number of thresholds <= accumulator. A
// channel's thresholds ascend, so a binary search counts them. Layout: i32 [channel][step].
fn activate(channel: u32, accumulator: i32) -> i32 {
  let first = channel * layer.steps;
  var below = 0u; // so many are reached for sure
  var above = layer.steps; // no more than so many are
  while (below < above) {
    let middle = (below + above) / 2u;
    if (bitcast<i32>(thresholds[first + middle]) <= accumulator) {
      below = middle + 1u;
    } else {
      above = middle;
    }
  }
  return layer.actVal + i32(below);
}

// What leaves the layer for an accumulator: its activation, or itself if there are no thresholds.
fn finished(channel: u32, accumulator: i32) -> i32 {
  if (ACTIVATED) {
    return activate(channel, accumulator);
  }
  return accumulator;
}

// Threads of an element kernel own four channels of one pixel each.
struct Place {
  pixel: u32,
  word: u32,
  live: bool,
}

fn placeOf(thread: u32) -> Place {
  let words = (layer.outChannels + 3u) / 4u;
  return Place(thread / words, thread % words, thread < layer.outHeight * layer.outWidth * words);
}
