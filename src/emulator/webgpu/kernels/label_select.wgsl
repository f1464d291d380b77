// LabelSelect: the k channels with the highest values, best first, equal values by lower index.
//
// One workgroup of 64 threads, k rounds. In each round every thread looks through its share of
// the values for the best of those that come after the last one chosen; then the 64 finds are
// halved six times in workgroup memory. Output: k pairs (index, value).

struct Label {
  index: u32,
  value: i32,
}

const NONE = 0xffffffffu;

var<workgroup> finds: array<Label, 64>;

// Does a stand before b? NONE stands behind all.
fn before(a: Label, b: Label) -> bool {
  if (a.index == NONE || b.index == NONE) {
    return a.index != NONE;
  }
  return a.value > b.value || (a.value == b.value && a.index < b.index);
}

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(local_invocation_index) index: u32) {
  var last = Label(NONE, 0);
  for (var rank = 0u; rank < layer.outChannels; rank++) {
    var best = Label(NONE, 0);
    for (var channel = index; channel < layer.inChannels; channel += WORKGROUP) {
      let label = Label(channel, readValue(0u, channel));
      if (before(label, best) && (rank == 0u || before(last, label))) {
        best = label;
      }
    }
    finds[index] = best;
    workgroupBarrier();
    for (var half = WORKGROUP / 2u; half > 0u; half /= 2u) {
      if (index < half && before(finds[index + half], finds[index])) {
        finds[index] = finds[index + half];
      }
      workgroupBarrier();
    }
    last = finds[0];
    if (index == 0u) {
      sink[rank * 2u] = last.index;
      sink[rank * 2u + 1u] = bitcast<u32>(last.value);
    }
    workgroupBarrier();
  }
}
