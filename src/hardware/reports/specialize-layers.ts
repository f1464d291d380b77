import type { DataflowGraph } from "../../graph/dataflow";

/** A file for FINN's `specialize_layers_config_file`: whether a node is built as HLS or RTL. */
export type SpecializeLayersConfig = Readonly<
  Record<string, { readonly preferred_impl_style?: "hls" | "rtl" }>
>;

/**
 * The forms that a graph's nodes have. FINN reads the file before nodes have a form, so their names
 * are without it, numbered by kind in stream order: `MVAU_rtl_0` behind 14 `MVAU_hls` is `MVAU_14`.
 */
export function specializeLayersConfig({ nodes }: DataflowGraph): SpecializeLayersConfig {
  const used = new Map<string, number>();
  const entries = nodes.map(({ kind, impl }) => {
    const index = used.get(kind) ?? 0;
    used.set(kind, index + 1);
    return [`${kind}_${index}`, { preferred_impl_style: impl }] as const;
  });
  return { Defaults: {}, ...Object.fromEntries(entries) };
}
