// FMPadding and SWG where no other layer takes them in: writes every window out, in (kh, kw,
// channel) order. (FMPadding alone is a window of one pixel.) A thread owns four values of one
// output pixel.

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
    let value = min(place.word * 4u + i, layer.outChannels - 1u);
    let tap = value / layer.inChannels;
    let y = origin.x + i32((tap / layer.kernelWidth) * layer.dilationY);
    let x = origin.y + i32((tap % layer.kernelWidth) * layer.dilationX);
    results[i] = readAt(y, x, value % layer.inChannels);
  }
  writeWord(place.pixel, place.word, results);
}
