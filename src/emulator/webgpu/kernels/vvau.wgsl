// SWG + VVAU for anything: any window, values and weights of any width, sums in 32-bit integers.
// A thread owns four channels of one pixel.
//
// Weights: i32 [channel][kh][kw], as in the graph. Thresholds: i32 [channel][step].

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
  var results = vec4i();
  for (var i = 0u; i < 4u; i++) {
    let channel = min(place.word * 4u + i, layer.outChannels - 1u);
    var at = channel * layer.kernelHeight * layer.kernelWidth;
    var sum = 0i;
    for (var ky = 0u; ky < layer.kernelHeight; ky++) {
      for (var kx = 0u; kx < layer.kernelWidth; kx++) {
        let y = origin.x + i32(ky * layer.dilationY);
        let x = origin.y + i32(kx * layer.dilationX);
        sum += readAt(y, x, channel) * bitcast<i32>(constants[at]);
        at++;
      }
    }
    results[i] = finished(channel, sum);
  }
  writeWord(place.pixel, place.word, results);
}
