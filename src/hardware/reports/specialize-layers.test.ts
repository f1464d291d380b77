import { expect, test } from "vitest";
import { withStandaloneThresholds } from "../standalone-thresholds";
import { shippedGraph } from "../testing/shipped-graph";
import { specializeLayersConfig } from "./specialize-layers";

const numbered = (kind: string, count: number) => Array.from({ length: count }, (_, i) => `${kind}_${i}`);
const forms = (config: ReturnType<typeof specializeLayersConfig>, form: "hls" | "rtl") =>
  Object.keys(config)
    .filter((name) => config[name]?.preferred_impl_style === form)
    .sort();

test("U250, as FINN's example has it: all that multiplies is HLS, but the classifier", () => {
  const config = specializeLayersConfig(shippedGraph());
  expect(forms(config, "hls")).toEqual(
    [...numbered("MVAU", 14), ...numbered("VVAU", 13), "Pool_0", "ChannelwiseOp_0", "LabelSelect_0"].sort(),
  );
  expect(forms(config, "rtl")).toEqual(
    [...numbered("ConvolutionInputGenerator", 15), ...numbered("FMPadding", 13), "MVAU_14"].sort(),
  );
  expect(Object.entries(config).slice(0, 3)).toEqual([
    ["Defaults", {}],
    ["ConvolutionInputGenerator_0", { preferred_impl_style: "rtl" }],
    ["MVAU_0", { preferred_impl_style: "hls" }],
  ]);
  expect(Object.keys(config)).toHaveLength(1 + 59);
});

test("ZCU102 and ZCU104, as FINN's example has it: RTL where there is one", () => {
  const config = specializeLayersConfig(withStandaloneThresholds(shippedGraph()));
  expect(forms(config, "hls")).toEqual(
    [...numbered("VVAU", 13), "Pool_0", "ChannelwiseOp_0", "LabelSelect_0"].sort(),
  );
  expect(forms(config, "rtl")).toEqual(
    [
      ...numbered("ConvolutionInputGenerator", 15),
      ...numbered("FMPadding", 13),
      ...numbered("MVAU", 15),
      ...numbered("Thresholding", 27),
    ].sort(),
  );
});
