// ChannelwiseOp add: one number a channel (the classifier's bias). A thread owns four channels of
// one pixel. Parameters: i32 [channel].

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
    results[i] = readValue(place.pixel, channel) + bitcast<i32>(constants[channel]);
  }
  writeWord(place.pixel, place.word, results);
}
