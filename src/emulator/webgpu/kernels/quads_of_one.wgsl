// quads.wgsl for devices without subgroups: every thread is a quad by itself and loads all four
// words. Neighbours load the same ones, which a GPU's cache turns into one access.

const QUAD = 1u;

fn quadLane(index: u32) -> u32 {
  return 0u;
}

fn fourWeights(at: u32, lane: u32) -> mat4x4f {
  return mat4x4f(
    weightBytes(constants[at]),
    weightBytes(constants[at + 1u]),
    weightBytes(constants[at + 2u]),
    weightBytes(constants[at + 3u]),
  );
}

fn fourThresholds(at: u32, lane: u32) -> vec4f {
  return bitcast<vec4f>(vec4u(thresholds[at], thresholds[at + 1u], thresholds[at + 2u], thresholds[at + 3u]));
}
