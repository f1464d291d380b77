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

// Four channels at a row and column of the input; zero outside.
fn valuesAt(y: i32, x: i32, word: u32) -> vec4f {
  let inside = y >= 0 && x >= 0 && y < i32(layer.inHeight) && x < i32(layer.inWidth);
  let at = u32(max(y * i32(layer.inWidth) + x, 0)) * layer.inWords + word;
  return valueBytes(select(0u, source[at], inside));
}

// What a line of input is to the strip: all it needs of it.
fn lineAt(strip: Strip, number: u32) -> array<vec4f, 9> {
  let y = strip.top + i32(number);
  let x = strip.left;
  let w = strip.word;
  let narrow = array(
    valuesAt(y, x, w), valuesAt(y, x + 1, w), valuesAt(y, x + 2, w),
    valuesAt(y, x + 3, w), valuesAt(y, x + 4, w), valuesAt(y, x + 5, w),
    vec4f(), vec4f(), vec4f(),
  );
  if (STRIDE == 1u) {
    return narrow;
  }
  return array(
    narrow[0], narrow[1], narrow[2], narrow[3], narrow[4], narrow[5],
    valuesAt(y, x + 6, w), valuesAt(y, x + 7, w), valuesAt(y, x + 8, w),
  );
}

// One line of the kernel over one line of the input, for the strip's 4 columns.
fn convolved(line: array<vec4f, 9>, kernel: array<vec4f, 3>) -> array<vec4f, 4> {
  if (STRIDE == 1u) {
    return array(
      line[0] * kernel[0] + line[1] * kernel[1] + line[2] * kernel[2],
      line[1] * kernel[0] + line[2] * kernel[1] + line[3] * kernel[2],
      line[2] * kernel[0] + line[3] * kernel[1] + line[4] * kernel[2],
      line[3] * kernel[0] + line[4] * kernel[1] + line[5] * kernel[2],
    );
  }
  return array(
    line[0] * kernel[0] + line[1] * kernel[1] + line[2] * kernel[2],
    line[2] * kernel[0] + line[3] * kernel[1] + line[4] * kernel[2],
    line[4] * kernel[0] + line[5] * kernel[1] + line[6] * kernel[2],
    line[6] * kernel[0] + line[7] * kernel[1] + line[8] * kernel[2],
  );
}

fn added(a: array<vec4f, 4>, b: array<vec4f, 4>) -> array<vec4f, 4> {
  return array(a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]);
}

fn kernelLine(word: u32, ky: u32) -> array<vec4f, 3> {
  let at = word * 9u + ky * 3u;
  return array(
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
    var lacksOne = added(convolved(line0, kernel0), convolved(line1, kernel1));
    var lacksTwo = convolved(line1, kernel0);
    for (var row = 0u; row < layer.block; row++) {
      let line = lineAt(strip, row + 2u);
      putRow(strip, row, added(lacksOne, convolved(line, kernel2)));
      lacksOne = added(lacksTwo, convolved(line, kernel1));
      lacksTwo = convolved(line, kernel0);
    }
  } else {
    var lacksTwo = convolved(lineAt(strip, 0u), kernel0);
    for (var row = 0u; row < layer.block; row++) {
      let lacksOne = added(lacksTwo, convolved(lineAt(strip, row * 2u + 1u), kernel1));
      let line = lineAt(strip, row * 2u + 2u);
      putRow(strip, row, added(lacksOne, convolved(line, kernel2)));
      lacksTwo = convolved(line, kernel0);
    }
  }
}

// Writes one row of the strip. (No thread may leave early: quads swap thresholds.)
fn putRow(strip: Strip, number: u32, sums: array<vec4f, 4>) {
  // Turned: a vector now holds one channel at the 4 columns.
  let channel0 = vec4f(sums[0].x, sums[1].x, sums[2].x, sums[3].x);
  let channel1 = vec4f(sums[0].y, sums[1].y, sums[2].y, sums[3].y);
  let channel2 = vec4f(sums[0].z, sums[1].z, sums[2].z, sums[3].z);
  let channel3 = vec4f(sums[0].w, sums[1].w, sums[2].w, sums[3].w);
  let row = strip.row + number;
  let live = strip.live && number < layer.block && row < layer.outHeight;
  if (ACTIVATED) {
    let count0 = activations(channel0, strip.word * 4u, strip.lane);
    let count1 = activations(channel1, strip.word * 4u + 1u, strip.lane);
    let count2 = activations(channel2, strip.word * 4u + 2u, strip.lane);
    let count3 = activations(channel3, strip.word * 4u + 3u, strip.lane);
    if (live) {
      putColumns(strip, row, vec4i(count0), vec4i(count1), vec4i(count2), vec4i(count3));
    }
  } else if (live) {
    putColumns(strip, row, vec4i(channel0), vec4i(channel1), vec4i(channel2), vec4i(channel3));
  }
}

// Activations of one channel at 4 columns. The order in which a lane sees four thresholds does
// not matter: it only counts.
fn activations(sums: vec4f, channel: u32, lane: u32) -> vec4i {
  let fours = (layer.steps + 3u) / 4u;
  var counts = vec4i(layer.actVal);
  for (var i = 0u; i < fours; i++) {
    let t = fourThresholds((channel * fours + i) * 4u, lane);
    counts += select(vec4i(0), vec4i(1), sums >= vec4f(t.x));
    counts += select(vec4i(0), vec4i(1), sums >= vec4f(t.y));
    counts += select(vec4i(0), vec4i(1), sums >= vec4f(t.z));
    counts += select(vec4i(0), vec4i(1), sums >= vec4f(t.w));
  }
  return counts;
}

fn putColumns(strip: Strip, row: u32, c0: vec4i, c1: vec4i, c2: vec4i, c3: vec4i) {
  let pixel = row * layer.outWidth + strip.column;
  let last = layer.outWidth - strip.column;
  writeWord(pixel, strip.word, vec4i(c0.x, c1.x, c2.x, c3.x));
  if (last > 1u) {
    writeWord(pixel + 1u, strip.word, vec4i(c0.y, c1.y, c2.y, c3.y));
  }
  if (last > 2u) {
    writeWord(pixel + 2u, strip.word, vec4i(c0.z, c1.z, c2.z, c3.z));
  }
  if (last > 3u) {
    writeWord(pixel + 3u, strip.word, vec4i(c0.w, c1.w, c2.w, c3.w));
  }
}
