import { formatInteger } from "../../kit/format";
import { type FeatureMap, valueAt } from "./feature-map";
import type { ChannelStatistics } from "./map-statistics";
import { percent } from "./percent";

/** What a sighted person would take from the picture of a channel: "Zeros: 37 %. Mean 2.1 ..." */
export function describeChannel(map: FeatureMap, channel: number, statistics: ChannelStatistics): string {
  const { values, zeros, min, max, mean } = statistics;
  if (values === 1) return `Its value is ${formatInteger(max)}.`;
  if (min === max) return `All ${formatInteger(values)} values are ${formatInteger(max)}.`;
  const share = `Zeros: ${percent(zeros / values)}. Mean ${mean.toFixed(1)}, values ${formatInteger(min)} to ${formatInteger(max)}.`;
  return `${share} ${placeOfHighest(map, channel, max)}`;
}

/** Where the highest value stands: in which ninth of the map most of them are, if over half are in one. */
function placeOfHighest(map: FeatureMap, channel: number, highest: number): string {
  const counts = new Array<number>(9).fill(0);
  let total = 0;
  let [row, column] = [0, 0];
  for (let y = 0; y < map.height; y++) {
    for (let x = 0; x < map.width; x++) {
      if (valueAt(map, y, x, channel) !== highest) continue;
      [row, column] = [y, x];
      counts[third(y, map.height) * 3 + third(x, map.width)]!++;
      total++;
    }
  }
  const name = formatInteger(highest);
  if (total === 1) return `The only ${name} is at row ${row}, column ${column}.`;
  const most = Math.max(...counts);
  if (most * 2 <= total) return `Its ${formatInteger(total)} ${name}s are spread over the map.`;
  return `Most of its ${formatInteger(total)} ${name}s are ${places[counts.indexOf(most)]}.`;
}

const third = (position: number, size: number) => Math.floor((position * 3) / size);

const places = [
  "at the upper left",
  "at the top",
  "at the upper right",
  "at the left",
  "in the middle",
  "at the right",
  "at the lower left",
  "at the bottom",
  "at the lower right",
] as const;
