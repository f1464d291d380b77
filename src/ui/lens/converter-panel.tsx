import { outputIndex } from "./model/beats";
import { converterAt, inFrame, type Span } from "./model/converter";
import { formatValues } from "./model/format-values";
import type { ConverterStage, Lens } from "./model/lens";
import type { Moment } from "./model/moment";
import type { Place } from "./model/place";
import { Numbers } from "./numbers";

interface ConverterPanelProps {
  readonly lens: Lens;
  readonly stage: ConverterStage;
  readonly moment: Moment;
}

/** What a width converter has taken and not given yet, and the beat that it gives next. */
export function ConverterPanel({ lens, stage, moment }: ConverterPanelProps) {
  const { input, output } = stage.converter;
  const { entering, leaving, held, isReady } = converterAt(moment, input.lanes, output.lanes);
  const places = ({ first, end }: Span): Place[] =>
    Array.from({ length: Math.max(0, end - first) }, (_, i) => {
      const { nth } = inFrame(stage.input, first + i);
      return { kind: "value", edge: stage.node + 1, index: outputIndex(stage.folded, nth) };
    });
  return (
    <>
      <Numbers
        lens={lens}
        label={`Comes in ${moment.takes ? "in this cycle" : "next"}: ${formatValues(input.lanes)}`}
        places={places(entering)}
        tone={moment.takes ? "now" : "later"}
      />
      <Numbers lens={lens} label={held.end > held.first ? "Held" : "Held: nothing"} places={places(held)} />
      <Numbers
        lens={lens}
        label={`Goes out ${moment.gives ? "in this cycle" : "next"}: ${formatValues(output.lanes)}`}
        places={places(leaving)}
        tone={moment.gives ? "now" : isReady ? undefined : "later"}
      />
    </>
  );
}
