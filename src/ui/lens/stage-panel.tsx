import { type ReactNode, useId, useRef } from "react";
import { formatInteger } from "../kit/format";
import { NodeName } from "../kit/node-name";
import { SavePicture } from "../kit/save-picture/save-picture";
import { nodeKinds } from "../pipeline/node-kinds";
import type { Stage } from "./model/lens";
import type { Moment } from "./model/moment";
import { useRovingNumbers } from "./use-roving-numbers";
import "./stage-panel.css";

const titles: Readonly<Record<string, string>> = {
  FMPadding: "Padding",
  ConvolutionInputGenerator: "Line buffer and sliding window",
  VVAU: "VVAU: depthwise convolution",
  MVAU: "MVAU: matrix times vector",
  Thresholding: "Thresholds",
  Pool: "Average pool",
  ChannelwiseOp: "Bias",
  LabelSelect: "Label select",
  StreamingDataWidthConverter: "Width converter",
};

const stateNames: Record<Moment["state"], string> = {
  busy: "busy",
  starved: "waits for a beat",
  blocked: "waits for room",
};

interface StagePanelProps {
  readonly stage: Stage;
  readonly moment: Moment;
  readonly sentence: string;
  readonly children: ReactNode;
}

/** A machine of the block: what stands before it, what it does in this cycle, its numbers. */
export function StagePanel({ stage, moment, sentence, children }: StagePanelProps) {
  const ref = useRef<HTMLElement>(null);
  const onKeyDown = useRovingNumbers(ref);
  const heading = useId();
  const { machine } = stage;
  const tone = machine.node ? nodeKinds[machine.node.kind].tone : "other";
  return (
    <section
      ref={ref}
      className={`stage tone-${tone}`}
      data-kind={machine.kind}
      data-state={moment.state}
      aria-labelledby={`${heading} ${heading}-name`}
      onKeyDown={onKeyDown}
    >
      <header className="stage__head">
        <h3 id={heading}>{titles[machine.kind] ?? machine.kind}</h3>
        <p id={`${heading}-name`} className="stage__name">
          <NodeName name={machine.name} />
        </p>
        <p className="stage__state">{stateNames[moment.state]}</p>
        <SavePicture
          picture={ref}
          name={machine.name}
          description={`${stateNames[moment.state]}: ${sentence}`}
        />
      </header>
      {machine.input && <Pipe name={machine.input} held={moment.waiting} />}
      <p className="stage__sentence">{sentence.charAt(0).toUpperCase() + sentence.slice(1)}</p>
      {children}
    </section>
  );
}

/** The stream before a machine and how full it is. */
export function Pipe({
  name: { name, isFifo, depth },
  held,
}: {
  readonly name: { readonly name: string; readonly isFifo: boolean; readonly depth: number };
  readonly held: number;
}) {
  return (
    <p className="pipe">
      <span className="pipe__bar" aria-hidden="true">
        <span className="pipe__fill" style={{ width: `${(100 * held) / depth}%` }} />
      </span>
      <span>
        {isFifo ? <NodeName name={name} /> : "register"}: {formatInteger(held)} of {formatInteger(depth)}{" "}
        {depth === 1 ? "beat" : "beats"}
      </span>
    </p>
  );
}
