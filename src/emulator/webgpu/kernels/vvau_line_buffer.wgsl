// SWG + VVAU with a 3 x 3 window, stride 1 or 2: the depthwise convolution with its line buffer.
//
// The hardware streams the map through a buffer of a few lines, so that each word is read once
// although nine windows need it. Here a thread does that for a strip: 4 channels (one word) of 4
// columns, `layer.block` rows of output from top to bottom. Instead of past lines it keeps what
// they have contributed to the rows that are not complete yet; a new line of 6 words (9 at
// stride 2) completes one row. Threads of a quad take neighbouring strips of the same channels, so
// that they share thresholds; the next quad takes the next channels, so that loads coalesce.
// A workgroup is 64 such threads, with no memory in common. Padding is a zero that is not there.
//
// Weights: [word of 4 channels][ky][kx], one word each, as bytes.wgsl has them.
// Thresholds: f32 [channel][step], steps padded to fours.

override STRIDE = 1u;

const COLUMNS = 4u;

struct Strip {
  word: u32, // of 4 channels
  top: i32, // row and column of the input under the first window's corner
  left: i32,
  row: u32, // first row and column of the output
  column: u32,
  lane: u32,
  live: bool,
}

fn stripOf(thread: u32, index: u32) -> Strip {
  let across = (layer.outWidth + COLUMNS - 1u) / COLUMNS;
  let strips = across * ((layer.outHeight + layer.block - 1u) / layer.block);
  let quad = thread / QUAD;
  let strip = (quad / layer.inWords) * QUAD + thread % QUAD;
  let row = (strip / across) * layer.block;
  let column = (strip % across) * COLUMNS;
  return Strip(
    quad % layer.inWords,
    i32(row * STRIDE) - i32(layer.padTop),
    i32(column * STRIDE) - i32(layer.padLeft),
    row,
    column,
    quadLane(index),
    strip < strips,
  );
}

// Four channels at a row and column of the input; zero outside. (A negative coordinate is a large
// one without sign. `&`, because `&&` is a branch, and SwiftShader's compiler does not survive 27 of
// these in a row.)
fn valuesAt(y: i32, x: i32, word: u32) -> vec4f {
  let inside = (u32(y) < layer.inHeight) & (u32(x) < layer.inWidth);
  let pixel = select(0u, u32(y) * layer.inWidth + u32(x), inside);
  return valueBytes(select(0u, source[pixel * layer.inWords + word], inside));
}

// What the strip needs of a line of input: 6 words at stride 1, 9 at stride 2.
struct Line {
  c0: vec4f, c1: vec4f, c2: vec4f, c3: vec4f, c4: vec4f, c5: vec4f, c6: vec4f, c7: vec4f, c8: vec4f,
}

fn lineAt(strip: Strip, number: u32) -> Line {
  let y = strip.top + i32(number);
  let x = strip.left;
  let w = strip.word;
  var line: Line;
  line.c0 = valuesAt(y, x, w);
  line.c1 = valuesAt(y, x + 1, w);
  line.c2 = valuesAt(y, x + 2, w);
  line.c3 = valuesAt(y, x + 3, w);
  line.c4 = valuesAt(y, x + 4, w);
  line.c5 = valuesAt(y, x + 5, w);
  if (STRIDE == 2u) {
    line.c6 = valuesAt(y, x + 6, w);
    line.c7 = valuesAt(y, x + 7, w);
    line.c8 = valuesAt(y, x + 8, w);
  }
  return line;
}

// One line of the kernel over one line of the input: a matrix with the strip's columns.
fn convolved(line: Line, kernel: mat3x4f) -> mat4x4f {
  var row: mat4x4f;
  if (STRIDE == 1u) {
    row = mat4x4f(
      line.c0 * kernel[0] + line.c1 * kernel[1] + line.c2 * kernel[2],
      line.c1 * kernel[0] + line.c2 * kernel[1] + line.c3 * kernel[2],
      line.c2 * kernel[0] + line.c3 * kernel[1] + line.c4 * kernel[2],
      line.c3 * kernel[0] + line.c4 * kernel[1] + line.c5 * kernel[2],
    );
  } else {
    row = mat4x4f(
      line.c0 * kernel[0] + line.c1 * kernel[1] + line.c2 * kernel[2],
      line.c2 * kernel[0] + line.c3 * kernel[1] + line.c4 * kernel[2],
      line.c4 * kernel[0] + line.c5 * kernel[1] + line.c6 * kernel[2],
      line.c6 * kernel[0] + line.c7 * kernel[1] + line.c8 * kernel[2],
    );
  }
  return row;
}

fn kernelLine(word: u32, ky: u32) -> mat3x4f {
  let at = word * 9u + ky * 3u;
  return mat3x4f(
    weightBytes(constants[at]) * UNSCALE,
    weightBytes(constants[at + 1u]) * UNSCALE,
    weightBytes(constants[at + 2u]) * UNSCALE,
  );
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let strip = stripOf(threadNumber(workgroup, workgroups, index), index);
  let kernel0 = kernelLine(strip.word, 0u);
  let kernel1 = kernelLine(strip.word, 1u);
  let kernel2 = kernelLine(strip.word, 2u);

  if (STRIDE == 1u) {
    let line0 = lineAt(strip, 0u);
    let line1 = lineAt(strip, 1u);
    var lacksOne = convolved(line0, kernel0) + convolved(line1, kernel1);
    var lacksTwo = convolved(line1, kernel0);
    for (var row = 0u; row < layer.block; row++) {
      let line = lineAt(strip, row + 2u);
      putRow(strip, row, lacksOne + convolved(line, kernel2));
      lacksOne = lacksTwo + convolved(line, kernel1);
      lacksTwo = convolved(line, kernel0);
    }
  } else {
    var lacksTwo = convolved(lineAt(strip, 0u), kernel0);
    for (var row = 0u; row < layer.block; row++) {
      let lacksOne = lacksTwo + convolved(lineAt(strip, row * 2u + 1u), kernel1);
      let line = lineAt(strip, row * 2u + 2u);
      putRow(strip, row, lacksOne + convolved(line, kernel2));
      lacksTwo = convolved(line, kernel0);
    }
  }
}

// Writes one row of the strip. (No thread may leave early: quads swap thresholds.)
fn putRow(strip: Strip, number: u32, sums: mat4x4f) {
  let row = strip.row + number;
  let live = strip.live & (row < layer.outHeight);
  let pixel = row * layer.outWidth + strip.column;
  let values = finishedRow(strip, sums);
  putWord(live, pixel, strip.word, values[0]);
  putWord(live & (strip.column + 1u < layer.outWidth), pixel + 1u, strip.word, values[1]);
  putWord(live & (strip.column + 2u < layer.outWidth), pixel + 2u, strip.word, values[2]);
  putWord(live & (strip.column + 3u < layer.outWidth), pixel + 3u, strip.word, values[3]);
}

// Activations of a row, if the layer has thresholds. The order in which a lane sees four of a
// channel's thresholds does not matter: it only counts them.
fn finishedRow(strip: Strip, sums: mat4x4f) -> mat4x4f {
  if (!ACTIVATED) {
    return sums;
  }
  let fours = (layer.steps + 3u) / 4u;
  let first = strip.word * fours * 16u;
  let channels = transpose(sums); // a column now holds one channel at the 4 columns of the strip
  let actVal = vec4f(f32(layer.actVal));
  var values = mat4x4f(actVal, actVal, actVal, actVal);
  for (var i = 0u; i < fours; i++) {
    let at = first + i * 4u;
    values[0] += reached(fourThresholds(at, strip.lane), channels[0]);
    values[1] += reached(fourThresholds(at + fours * 4u, strip.lane), channels[1]);
    values[2] += reached(fourThresholds(at + fours * 8u, strip.lane), channels[2]);
    values[3] += reached(fourThresholds(at + fours * 12u, strip.lane), channels[3]);
  }
  return transpose(values);
}

// How many of four thresholds each sum reaches.
fn reached(t: vec4f, sums: vec4f) -> vec4f {
  return step(vec4f(t.x), sums) + step(vec4f(t.y), sums) + step(vec4f(t.z), sums) + step(vec4f(t.w), sums);
}

fn putWord(live: bool, pixel: u32, word: u32, values: vec4f) {
  if (OUT_WIDE) {
    for (var i = 0u; i < 4u; i++) {
      let channel = word * 4u + i;
      if (live & (channel < layer.outChannels)) {
        sink[pixel * layer.outWords + channel] = bitcast<u32>(i32(values[i]));
      }
    }
  } else if (live) {
    sink[pixel * layer.outWords + word] = dot(lowBytes(values), vec4u(1u, 256u, 65536u, 16777216u));
  }
}
