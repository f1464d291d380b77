// MVAU on a single vector (the classifier): all weights are used once, so it is about loading
// them, not about multiplying.
//
// A workgroup owns 16 neurons: its 64 threads are 4 quads of neurons x 16 slices of the synapses,
// so that a thread's load of the input serves 4 neurons, neighbours read neighbouring weights, and
// even 1000 neurons keep a GPU busy. The slices meet in workgroup memory, where 4 threads add
// them up and finish 4 neurons each. Sums stay below 2^24.
//
// Weights as in tile.wgsl. Thresholds: i32 [neuron][step].

const NEURONS = 16u;
const SLICES = 16u;

var<workgroup> slices: array<vec4f, 64>; // [slice][quad of neurons]

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let group = workgroup.y * workgroups.x + workgroup.x;
  let quad = index % 4u;
  let length = (layer.inWords + SLICES - 1u) / SLICES;
  let begin = (index / 4u) * length;
  var sum = vec4f();
  for (var k = begin; k < min(begin + length, layer.inWords); k++) {
    let at = (group * layer.inWords + k) * NEURONS + quad * 4u;
    sum += valueBytes(source[k]) * mat4x4f(
      weightBytes(constants[at]),
      weightBytes(constants[at + 1u]),
      weightBytes(constants[at + 2u]),
      weightBytes(constants[at + 3u]),
    );
  }
  slices[index] = sum;
  workgroupBarrier();

  let word = group * 4u + index;
  if (index >= 4u || word * 4u >= layer.outChannels) {
    return;
  }
  var total = vec4f();
  for (var slice = 0u; slice < SLICES; slice++) {
    total += slices[slice * 4u + index];
  }
  var results = vec4i();
  for (var i = 0u; i < 4u; i++) {
    let neuron = min(word * 4u + i, layer.outChannels - 1u);
    results[i] = finished(neuron, i32(total[i] * UNSCALE));
  }
  writeWord(0u, word, results);
}
