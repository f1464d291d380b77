// MVAU on a single vector (the classifier): all weights are used once, so it is about loading
// them, not about multiplying.
//
// A workgroup owns 16 neurons: its 64 threads are 16 neurons x 4 quarters of the synapses, so
// that neighbours read neighbouring weights and even 1000 neurons keep a GPU busy. The quarters
// meet in workgroup memory; then four threads finish four neurons each. Sums stay below 2^24.
//
// Weights as in tile.wgsl. Thresholds: i32 [neuron][step].

const NEURONS = 16u;
const QUARTERS = 4u;

var<workgroup> quarters: array<f32, 64>; // [quarter][neuron]

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let group = workgroup.y * workgroups.x + workgroup.x;
  let neuron = index % NEURONS;
  let length = (layer.inWords + QUARTERS - 1u) / QUARTERS;
  let begin = (index / NEURONS) * length;
  var sum = vec4f();
  for (var k = begin; k < min(begin + length, layer.inWords); k++) {
    let weights = weightBytes(constants[(group * layer.inWords + k) * NEURONS + neuron]);
    sum += valueBytes(source[k]) * weights;
  }
  quarters[index] = dot(sum, vec4f(UNSCALE));
  workgroupBarrier();

  let word = group * 4u + index;
  if (index >= 4u || word * 4u >= layer.outChannels) {
    return;
  }
  var results = vec4i();
  for (var i = 0u; i < 4u; i++) {
    let at = index * 4u + i;
    let total = quarters[at] + quarters[at + 16u] + quarters[at + 32u] + quarters[at + 48u];
    results[i] = finished(min(word * 4u + i, layer.outChannels - 1u), i32(total));
  }
  writeWord(0u, word, results);
}
