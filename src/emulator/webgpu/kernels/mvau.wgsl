// SWG + MVAU for anything: values and weights of any width, any window, sums in 32-bit integers.
// A thread owns four neurons of one pixel and walks over window and channels value by value.
//
// Weights: i32 [neuron][kh][kw][channel], as in the graph. Thresholds: i32 [neuron][step].

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let place = placeOf(threadNumber(workgroup, workgroups, index));
  if (!place.live) {
    return;
  }
  let origin = windowOrigin(place.pixel);
  let synapses = layer.kernelHeight * layer.kernelWidth * layer.inChannels;
  var results = vec4i();
  for (var i = 0u; i < 4u; i++) {
    let neuron = min(place.word * 4u + i, layer.outChannels - 1u);
    var at = neuron * synapses;
    var sum = 0i;
    for (var ky = 0u; ky < layer.kernelHeight; ky++) {
      for (var kx = 0u; kx < layer.kernelWidth; kx++) {
        let y = origin.x + i32(ky * layer.dilationY);
        let x = origin.y + i32(kx * layer.dilationX);
        for (var channel = 0u; channel < layer.inChannels; channel++) {
          sum += readAt(y, x, channel) * bitcast<i32>(constants[at]);
          at++;
        }
      }
    }
    results[i] = finished(neuron, sum);
  }
  writeWord(place.pixel, place.word, results);
}
