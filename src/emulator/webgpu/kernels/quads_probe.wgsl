enable subgroups;

// Are four consecutive threads of a workgroup a quad? Every GPU we know of says yes, but the
// specification leaves it open, and quads.wgsl would compute nonsense if not: so we ask. Writes 1
// for every thread that swaps with the neighbours it should swap with.

@group(0) @binding(2) var<storage, read_write> sink: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(local_invocation_index) index: u32) {
  let neighbours = vec3u(quadSwapX(index), quadSwapY(index), quadSwapDiagonal(index));
  let expected = vec3u(index) ^ vec3u(1u, 2u, 3u);
  sink[id.x] = select(0u, 1u, all(neighbours == expected));
}
