import { useConstantsSession } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { formatInteger } from "../kit/format";
import { useConstants } from "../session/use-constants";
import { ThresholdStairs } from "./threshold-stairs";
import type { Look } from "./use-look";
import { WeightsPart } from "./weights-part";

/** The emulator's network has the thresholds where the U250's has them: in the layers themselves. */
const board = "U250";

/** What the layer holds for the channel: weights, thresholds, bias. */
export function ConstantsPart({ look }: { readonly look: Look }) {
  const { channel } = look;
  const node = look.layer.node;
  const holds = node && ["MVAU", "VVAU", "Thresholding", "ChannelwiseOp"].includes(node.kind);
  const state = useConstants(holds ? node.name : null, board);
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
  return (
    <div className="layers__pair layers__part--ruled">
      {weights && <WeightsPart layers={look.layers} index={look.index} channel={channel} weights={weights} />}
      {thresholds && (
        <ThresholdStairs look={look} weights={weights} thresholds={thresholds} actVal={actVal} />
      )}
      {parameters && (
        <section className="layers__part" aria-labelledby="bias-heading">
          <h3 id="bias-heading">Bias of channel {channel}</h3>
          <p>It adds {formatInteger(parameters.data[channel] ?? 0)}.</p>
        </section>
      )}
    </div>
  );
}
