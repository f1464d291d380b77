import { formatInteger } from "../kit/format";
import type { TourStep } from "./tour-step";

export const sameIntegers: TourStep = {
  title: "The browser’s answer is the card’s",
  view: "classify",
  needs: "nothing",
  target: () => ({ selector: '[data-tour="result"]', name: "the result" }),
  looks: () => ({}),
  text({ outcome, engine }) {
    const idea =
      "All that you saw are integers, so there is nothing to round, and the order of a sum does not matter. A card with this network computes the very same ones, node by node, and gives the same classes.";
    const best = outcome?.classification.top[0];
    if (!outcome || !best) return idea;
    const { name } = outcome.picture;
    const answer = best.label ?? `class ${best.index}`;
    return `${idea} For ${name} that is ${answer}, with logit ${formatInteger(best.logit)}${engine ? `; it was computed by ${engine}` : ""}.`;
  },
  trial: {
    text: () => "Choose another engine in the header: the logits stay the same to the last digit.",
    isDone: (now, entry) => now.engine !== entry.engine && now.outcome !== entry.outcome,
  },
};
