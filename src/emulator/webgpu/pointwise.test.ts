import { expect, it } from "vitest";
import { int, uint } from "../../graph/datatype";
import { Chain } from "../testing/chain";
import { mobilenetShaped } from "../testing/mobilenet";
import { Random } from "../testing/random";
import { randomWeights } from "../testing/random-layer";
import { planGraph } from "./plan";
import { heaviestPointwise } from "./pointwise";

it("times MobileNet's variants on the shape of its five equal layers", () => {
  const { steps } = planGraph(mobilenetShaped({ seed: 1, width: 1 / 4 }));
  const { layout } = steps[heaviestPointwise(steps)]!.output;
  expect(layout).toMatchObject({ height: 14, width: 14, channels: 128 });
});

it("finds none where no layer is pointwise", () => {
  const chain = new Chain("vector", { shape: [1, 8], datatype: uint(4) });
  const { steps } = planGraph(
    chain
      .mvau(randomWeights(new Random(1), int(4), [3, 8]), null)
      .labelSelect(1)
      .graph(),
  );
  expect(heaviestPointwise(steps)).toBe(-1);
});
