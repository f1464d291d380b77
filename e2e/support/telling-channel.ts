import type { Tap } from "../../src/emulator/engine";
import { mapShape } from "../../src/graph/dataflow";

/**
 * A channel in which a mistake would show: at this pixel it is not zero, and as few others as possible have
 * its value. Which one that is depends on the network's weights.
 */
export function tellingChannel(
  tap: Pick<Tap, "shape" | "data" | "datatype">,
  row: number,
  column: number,
): number {
  const { width, channels } = mapShape(tap);
  const first = (row * width + column) * channels;
  const values = Array.from(tap.data.subarray(first, first + channels));
  const sharers = (value: number) => values.filter((other) => other === value).length;
  const telling = values
    .map((value, channel) => ({ channel, value, sharers: sharers(value) }))
    .filter(({ value }) => value !== 0)
    .sort((a, b) => a.sharers - b.sharers || a.channel - b.channel)[0];
  if (!telling) throw new Error(`all channels are zero at row ${row}, column ${column}`);
  return telling.channel;
}
