import { ChannelPanel } from "./channel-panel";
import { ConverterPanel } from "./converter-panel";
import { LabelPanel } from "./label-panel";
import { describeStage } from "./model/describe-stage";
import type { Lens, NodeStage, Stage } from "./model/lens";
import type { Moment } from "./model/moment";
import { momentOf } from "./model/moment";
import { PaddingPanel } from "./padding-panel";
import { StagePanel } from "./stage-panel";
import { TilePanel } from "./tile-panel";
import type { SingleCycle } from "./use-single-cycle";
import { WindowPanel } from "./window-panel";

interface StageViewProps {
  readonly lens: Lens;
  readonly stage: Stage;
  readonly at: SingleCycle;
}

/** A stage in one cycle, drawn as its kind is. */
export function StageView({ lens, stage, at }: StageViewProps) {
  const moment = momentOf(at.trace, stage.machine.index, at.cycle);
  if (!moment) return null;
  return (
    <StagePanel stage={stage} moment={moment} sentence={describeStage(lens, stage, moment)}>
      {stage.kind === "converter" ? (
        <ConverterPanel lens={lens} stage={stage} moment={moment} />
      ) : (
        <NodeBody lens={lens} stage={stage} moment={moment} />
      )}
    </StagePanel>
  );
}

interface NodeBodyProps {
  readonly lens: Lens;
  readonly stage: NodeStage;
  readonly moment: Moment;
}

function NodeBody({ lens, stage: { node, folded }, moment }: NodeBodyProps) {
  switch (folded.kind) {
    case "FMPadding":
      return <PaddingPanel lens={lens} node={node} folded={folded} moment={moment} />;
    case "ConvolutionInputGenerator":
      return <WindowPanel lens={lens} node={node} folded={folded} moment={moment} />;
    case "MVAU":
    case "VVAU":
    case "Pool":
      return <TilePanel lens={lens} node={node} folded={folded} moment={moment} />;
    case "Thresholding":
    case "ChannelwiseOp":
      return <ChannelPanel lens={lens} node={node} folded={folded} moment={moment} />;
    case "LabelSelect":
      return <LabelPanel lens={lens} node={node} folded={folded} moment={moment} />;
  }
}
