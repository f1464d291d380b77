import { expect, test } from "vitest";
import { mobilenetShaped } from "../../src/emulator/testing/mobilenet";
import { checkStructure } from "./check-structure";

const thin = (seed: number, classes = 10) => mobilenetShaped({ seed, width: 1 / 32, classes });

test("other values are the same network", () => {
  expect(() => checkStructure(thin(1), thin(2))).not.toThrow();
});

test("another width, or another end, is another network", () => {
  expect(() => checkStructure(thin(1, 11), thin(1))).toThrow(
    /another network.*: it has MVAU_rtl_0 1x1x1x11 with weights 11x32 INT4 where that has MVAU_rtl_0 1x1x1x10 /,
  );
  const short = { ...thin(1), nodes: thin(1).nodes.slice(0, -1) };
  expect(() => checkStructure(short, thin(1))).toThrow("it has nothing where that has LabelSelect_hls_0");
  expect(() => checkStructure(thin(1), short)).toThrow(/it has LabelSelect_hls_0 \S+ where that has nothing/);
});
