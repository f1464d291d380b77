import { StreamscopeError } from "../../src/graph/errors";
import type { SampleTops } from "./sample-tops";

/** The classes that name what a photo shows, by the photo's file. */
export type Shown = Readonly<Record<string, readonly string[]>>;

/** So large a share of the sample photos must be named rightly: 10 of 12. */
const leastShare = 10 / 12;

/**
 * Keeps a bad network from being made the standard of the tests: the best class of most sample photos must
 * name what they show. Returns the photos where it does not, with their class; throws `bad-input` if there
 * are too many, and for a photo of which nobody has said what it shows.
 */
export function checkSamples(tops: SampleTops, shown: Shown): string[] {
  const photos = Object.entries(tops);
  const wrong = photos.flatMap(([photo, { top5 }]) => {
    const names = shown[photo];
    if (!names) {
      throw new StreamscopeError(
        "bad-input",
        `Nobody has said what ${photo} shows: add the classes that name it to shown.json.`,
      );
    }
    const label = top5[0]?.label ?? "";
    return names.includes(label) ? [] : [`${photo} (${label})`];
  });
  const right = photos.length - wrong.length;
  const least = Math.ceil(leastShare * photos.length);
  if (right < least) {
    throw new StreamscopeError(
      "bad-input",
      `This network names ${right} of the ${photos.length} sample photos rightly, and one that ships must name ${least}; nothing was written. Wrong: ${wrong.join(", ")}.`,
    );
  }
  return wrong;
}
