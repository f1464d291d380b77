import { memo, useMemo, useRef } from "react";
import { LogitSpectrum } from "../classify/logit-spectrum";
import { formatInteger, formatShare } from "../kit/format";
import { SavePicture } from "../kit/save-picture/save-picture";
import { ActivationHistogram } from "../pipeline/activation-histogram";
import type { Layer } from "./model/layer";
import { binsOf, type ChannelStatistics } from "./model/map-statistics";
import type { Shown } from "./use-counted";

interface ValuesPartProps {
  readonly layer: Layer;
  readonly channel: number;
  readonly shown: Shown;
}

/** How the values are spread: of the channel, of the layer, and channels that say nothing. */
export const ValuesPart = memo(function ValuesPart({ layer, channel, shown }: ValuesPartProps) {
  const { map, statistics } = shown;
  const { whole, alwaysZero, alwaysMax } = statistics;
  const own = statistics.channels[channel];
  const isVector = map.height * map.width === 1;
  const logits = useMemo(
    () => (isVector && layer.datatype.bits > 8 ? Int32Array.from(map.data) : null),
    [isVector, layer, map],
  );
  return (
    <section className="layers__part layers__part--ruled" aria-labelledby="values-heading">
      <h3 id="values-heading">Values</h3>
      <p className="layers__words">
        {formatShare(whole.zeros / whole.values)} of the layer’s {formatInteger(whole.values)} values are
        zero. {channelsInWords(alwaysZero, "always 0")}{" "}
        {channelsInWords(alwaysMax, `always ${layer.datatype.max}`)}
      </p>
      {logits ? (
        <LogitSpectrum logits={logits} marked={[channel]} />
      ) : (
        <div className="layers__pair">
          {own && !isVector && <Spread title={`Channel ${channel}`} layer={layer} statistics={own} />}
          <Spread title="All channels" layer={layer} statistics={whole} />
        </div>
      )}
    </section>
  );
});

interface SpreadProps {
  readonly title: string;
  readonly layer: Layer;
  readonly statistics: ChannelStatistics;
}

function Spread({ title, layer: { title: of, datatype }, statistics }: SpreadProps) {
  const spread = useRef<HTMLDivElement>(null);
  const { width } = binsOf(datatype);
  const histogram = Array.from(statistics.counts, (count, i) => ({ value: datatype.min + i * width, count }));
  return (
    <div ref={spread}>
      <div className="layers__part-head">
        <h4 className="part-heading">
          {title}: {width > 1 ? `how often each ${width} values occur` : "how often each value occurs"}
        </h4>
        <SavePicture picture={spread} name={`Values, ${title}`} of={of} />
      </div>
      <ActivationHistogram histogram={histogram} />
    </div>
  );
}

/** Names a few; more would be a wall of numbers. */
function channelsInWords(channels: readonly number[], what: string): string {
  if (channels.length === 0) return `No channel is ${what}.`;
  const some = channels.slice(0, 12).join(", ");
  const rest = channels.length > 12 ? ` and ${channels.length - 12} more` : "";
  return channels.length === 1
    ? `Channel ${some} is ${what}.`
    : `${channels.length} channels are ${what}: ${some}${rest}.`;
}
