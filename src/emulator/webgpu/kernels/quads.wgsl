enable subgroups;

// Four neighbouring threads work on different pixels with the same constants: each loads one of
// four words, and they swap. Slot i of what a thread gets is the word of lane (lane ^ i), so
// every lane sees the four in another order. That is harmless: sums go by slot, and the place of a
// slot is worked out at the end. (quads_of_one.wgsl is the same for devices without subgroups.)

const QUAD = 4u;

fn quadLane(index: u32) -> u32 {
  return index % QUAD;
}

// Four neurons' weights, one column a slot.
fn fourWeights(at: u32, lane: u32) -> mat4x4f {
  let own = weightBytes(constants[at + lane]);
  return mat4x4f(own, quadSwapX(own), quadSwapY(own), quadSwapDiagonal(own));
}

fn fourThresholds(at: u32, lane: u32) -> vec4f {
  let own = bitcast<f32>(thresholds[at + lane]);
  return vec4f(own, quadSwapX(own), quadSwapY(own), quadSwapDiagonal(own));
}
