import { expect, test } from "vitest";
import { simulated } from "../testing/simulated";

const layers = ["conv", ...Array.from({ length: 13 }, (_, i) => `dws ${i + 1}`), "pool", "fc"];

test("all machines of the U250 stand in their layers, in stream order", async () => {
  const { machines, groups, simulation } = await simulated("U250", { frames: 1 });
  expect(machines.map(({ name }) => name)).toEqual(simulation.machines.map(({ name }) => name));
  expect(machines.filter(({ node }) => node)).toHaveLength(59);
  expect(groups.map(({ title }) => title)).toEqual(layers);
  expect(groups.filter(({ isBlock }) => isBlock)).toHaveLength(13);
  const third = groups[3];
  expect(machines.slice(third?.first, (third?.last ?? 0) + 1).map(({ label }) => label)).toEqual([
    "PAD",
    "SWG",
    "VVAU",
    "DWC",
    "MVAU",
    "DWC",
  ]);
  expect([machines[0]?.label, machines.at(-1)?.label]).toEqual(["IN", "OUT"]);
  for (const [i, group] of groups.slice(1).entries()) expect(group.first).toBe((groups[i]?.last ?? 0) + 1);
});

test("beats and rows: a machine's frame is so many beats, a whole number a row", async () => {
  const { machines } = await simulated("U250", { frames: 1 });
  const find = (name: string) => machines.find((machine) => machine.name === name);
  expect(find("MVAU_hls_0")).toMatchObject({ beats: 12_321, rowBeats: 111 });
  expect(find("StreamingDataWidthConverter_rtl_0")?.converter?.name).toBe(
    "StreamingDataWidthConverter_rtl_0",
  );
  expect(find("LabelSelect_hls_0")).toMatchObject({ beats: 5, rowBeats: null });
  expect(find("odma0")).toMatchObject({ beats: 5, output: null });
});
