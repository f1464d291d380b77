import { useAppState } from "../app-context";
import type { Comparison } from "./model/comparison";
import { mayHoldOtherWeights } from "./model/other-weights";

/** Why a card may rightly answer differently from the built-in network, and how to compare like with like. */
export function WeightsNote({ comparison }: { readonly comparison: Comparison }) {
  const isOwnModel = useAppState((state) => state.ownModel !== null);
  if (isOwnModel || !mayHoldOtherWeights(comparison)) return null;
  const { name } = comparison.setup.model;
  return (
    <p className="compare__note">
      The card's bitfile may hold other weights than the emulator: the one of finn-examples holds FINN's own,
      and rightly answers differently from the built-in ones. To compare like with like, open FINN's ONNX file
      as {name}.onnx in Model; “Which weights?” in docs/endpoint.md tells where it is.
    </p>
  );
}
