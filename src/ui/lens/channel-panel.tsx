import type { Folded } from "../../hardware/model";
import { useFocus } from "./focus";
import { inputCut } from "./model/beats";
import { valueOn } from "./model/chain";
import type { Lens } from "./model/lens";
import type { Moment } from "./model/moment";
import type { Place } from "./model/place";
import { Numbers } from "./numbers";
import { Results } from "./results";
import { StaircaseChart } from "./staircase-chart";
import { useLane } from "./use-lane";

interface ChannelPanelProps {
  readonly lens: Lens;
  readonly node: number;
  readonly folded: Folded<"Thresholding"> | Folded<"ChannelwiseOp">;
  readonly moment: Moment;
}

/** A node that treats each channel by itself: what comes in, what is added or reached, what goes out. */
export function ChannelPanel({ lens, node, folded, moment }: ChannelPanelProps) {
  const { beats, lanes } = inputCut(folded);
  const first = (moment.busyBefore % beats) * lanes;
  const lane = useLane(lens, node, lanes);
  const chooseLane = useFocus((focus) => focus.chooseLane);
  const { channels } = folded.node;
  const places = (place: (index: number) => Place) =>
    Array.from({ length: lanes }, (_, i) => place(first + i));
  return (
    <>
      <Numbers
        lens={lens}
        label="Comes in"
        places={places((index) => ({ kind: "value", edge: node, index }))}
        tone={moment.takes ? "now" : "later"}
        onChoose={(chosen) => chooseLane(node, chosen)}
      />
      {folded.kind === "ChannelwiseOp" ? (
        <Numbers
          lens={lens}
          label="Plus the channel’s bias"
          places={places((index) => ({ kind: "parameter", node, channel: index % channels }))}
        />
      ) : (
        <StaircaseChart
          lens={lens}
          node={node}
          channel={(first + lane) % channels}
          activation={folded.node.activation}
          sum={valueOn(lens.chain, node, first + lane)}
          isFinal
        />
      )}
      <Results lens={lens} node={node} folded={folded} moment={moment} />
    </>
  );
}
