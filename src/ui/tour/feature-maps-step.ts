import { formatInteger } from "../kit/format";
import { blockNode } from "./find-facts";
import { thresholdKinds } from "./lens-steps";
import type { TourStep } from "./tour-step";

/** A channel that shows a picture: some, the first among them, are 0 everywhere for most photos. */
const telling = 14;

export const featureMaps: TourStep = {
  title: "What comes out: feature maps",
  view: "layers",
  needs: "design",
  target: () => ({ selector: '[data-tour="maps"]', name: "the feature maps" }),
  looks: ({ design }) => ({ node: blockNode(design, ...thresholdKinds)?.name ?? null, channel: telling }),
  text({ design }) {
    const idea =
      "What a node puts out for a photo is a map of it for each channel. Early maps still show edges and textures; later ones are small, and say what is there rather than where.";
    const node = blockNode(design, ...thresholdKinds);
    const [height, width, channels] = node?.outputShape.slice(1) ?? [];
    if (!node || !height || !width || !channels) return idea;
    const values = formatInteger(2 ** (node.output.bits / node.output.lanes));
    const maps = `${formatInteger(channels)} maps of ${formatInteger(height)} × ${formatInteger(width)} pixels`;
    return `${idea} ${node.name} puts out ${maps}, and each pixel has one of only ${values} values.`;
  },
  trial: {
    text: () =>
      "Choose another map, by pointer or with the arrow keys, and see what it picks out of the photo.",
    isDone: (now, entry) => now.channel !== entry.channel,
  },
};
