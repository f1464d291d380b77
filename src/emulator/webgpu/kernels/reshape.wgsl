// The same values in the same NHWC order as a map of another shape (a map read on as one vector),
// where the padding of channels to whole words is in the way. A thread owns four values.

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
  var results = vec4i();
  for (var i = 0u; i < 4u; i++) {
    let channel = min(place.word * 4u + i, layer.outChannels - 1u);
    let number = place.pixel * layer.outChannels + channel;
    results[i] = readValue(number / layer.inChannels, number % layer.inChannels);
  }
  writeWord(place.pixel, place.word, results);
}
