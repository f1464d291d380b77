import { topCount } from "./fitting-model";
import type { RefuseReply } from "./parse-json";

/**
 * The five class indices of each image, from the output's numbers in row-major order [batch, 5].
 * Refuses another count, an index that is no class, and a class named twice for one image.
 */
export function topClasses(
  values: readonly number[],
  { batch, classes }: { batch: number; classes: number },
  refuse: RefuseReply,
): number[][] {
  if (values.length !== batch * topCount) {
    throw refuse(`Its output has ${values.length} numbers, not ${batch * topCount}.`);
  }
  return Array.from({ length: batch }, (_, image) => {
    const top = values.slice(image * topCount, (image + 1) * topCount);
    const foreign = top.find((index) => index < 0 || index >= classes);
    if (foreign !== undefined) {
      throw refuse(`It names class ${foreign}; there are only 0 to ${classes - 1}.`);
    }
    const twice = top.find((index, at) => top.indexOf(index) !== at);
    if (twice !== undefined) throw refuse(`It names class ${twice} twice for one image.`);
    return top;
  });
}
