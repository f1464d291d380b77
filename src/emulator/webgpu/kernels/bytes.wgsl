// Four bytes of a word as floats, without shifts: a byte is masked where it stands, so byte i
// comes out times 256^i. Weights lie in the word the other way round (the first in the top byte),
// so that every product of a value and its weight carries the same factor 2^24, and sums need
// one multiplication at the end. Powers of two cost no precision: as long as sums stay below
// 2^24 before the factor, floats hold them exactly.
//
// Why so: software GPUs have no cheap shifts and no byte dot product, but convert and multiply
// four lanes at a time; on hardware it costs the same as shifting.

const UNSCALE = 0x1p-24f;

// Four unsigned or signed channels. Signed ones are flipped to offset binary in the lower three
// bytes; the top byte has its sign where a signed conversion finds it.
fn valueBytes(word: u32) -> vec4f {
  let flipped = word ^ select(0u, 0x00808080u, IN_SIGNED);
  let low = vec3f(vec3i(vec3u(flipped & 0xffu, flipped & 0xff00u, flipped & 0xff0000u)));
  let offset = select(vec3f(), vec3f(128.0, 32768.0, 8388608.0), IN_SIGNED);
  let top = word & 0xff000000u;
  return vec4f(low - offset, select(f32(top), f32(bitcast<i32>(top)), IN_SIGNED));
}

// Four signed weights: the first in the top byte, two's complement; the others below it, plus 128.
fn weightBytes(word: u32) -> vec4f {
  let top = bitcast<i32>(word & 0xff000000u);
  let low = vec3i(vec3u(word & 0xff0000u, word & 0xff00u, word & 0xffu));
  return vec4f(vec4i(top, low)) - vec4f(0.0, 8388608.0, 32768.0, 128.0);
}

// The lowest byte of whole numbers below 2^22 in magnitude, two's complement. Added to 1.5 * 2^23,
// a number stands in the lowest bits of the float as it is (a conversion would have to mind
// infinities, and costs several times as much on software GPUs).
fn lowBytes(values: vec4f) -> vec4u {
  return bitcast<vec4u>(values + 12582912.0) & vec4u(0xffu);
}
