import { memo } from "react";
import { useConstantsSession } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { formatInteger } from "../kit/format";
import { useConstants } from "../session/use-constants";
import { isSums } from "./model/layer";
import { ThresholdStairs } from "./threshold-stairs";
import type { Look } from "./use-look";
import { WeightsPart } from "./weights-part";

/** What the layer holds for the channel: weights, thresholds, bias. */
export const ConstantsPart = memo(function ConstantsPart({ look }: { readonly look: Look }) {
  const { layers, index, layer, board, channel } = look;
  const { node } = layer;
  const holds = node && ["MVAU", "VVAU", "Thresholding", "ChannelwiseOp"].includes(node.kind);
  const state = useConstants(holds ? node.name : null, board);
  // Thresholds of their own climb from the sums of the node before.
  const adder = layers[index - 1];
  const adding = useConstants(adder?.node && isSums(adder) ? adder.node.name : null, board);
  const session = useConstantsSession();
  if (!holds || !state) return null;
  if (state.phase === "running") return <p role="status">Fetching what it holds…</p>;
  if (state.phase === "failed") {
    return (
      <p role="alert">
        {state.failure.message}{" "}
        <ActionButton onPress={() => void session.fetch({ node: node.name, board })}>Try again</ActionButton>
      </p>
    );
  }
  const { weights, thresholds, parameters, actVal } = state.constants;
  const weightsBefore = adding?.phase === "done" ? adding.constants.weights : null;
  return (
    <div className="layers__pair layers__part--ruled">
      {weights && <WeightsPart layers={layers} index={index} channel={channel} weights={weights} />}
      {thresholds && (
        <ThresholdStairs
          look={look}
          sums={weights ? { index, weights } : weightsBefore && { index: index - 1, weights: weightsBefore }}
          thresholds={thresholds}
          actVal={actVal}
        />
      )}
      {parameters && (
        <section className="layers__part" aria-labelledby="bias-heading">
          <h3 id="bias-heading">Bias of channel {channel}</h3>
          <p>It adds {formatInteger(parameters.data[channel] ?? 0)}.</p>
        </section>
      )}
    </div>
  );
});
