// SWG + Pool (QuantAvgPool): the sum over the window, shifted right. The shift of a signed integer
// rounds down, as the hardware's does. A thread owns four channels of one pixel.

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
    var sum = 0i;
    for (var ky = 0u; ky < layer.kernelHeight; ky++) {
      for (var kx = 0u; kx < layer.kernelWidth; kx++) {
        let y = origin.x + i32(ky * layer.dilationY);
        let x = origin.y + i32(kx * layer.dilationX);
        sum += readAt(y, x, channel);
      }
    }
    results[i] = sum >> layer.shift;
  }
  writeWord(place.pixel, place.word, results);
}
