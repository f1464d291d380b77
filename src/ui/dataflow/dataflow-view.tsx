import { useAppState } from "../app-context";
import { shownDesign } from "../state/folding-slice";
import { BottleneckNote } from "./bottleneck-note";
import { OccupancyChart } from "./chart/occupancy-chart";
import { Figures } from "./figures";
import { FormerNote, formerNoteId } from "./former-note";
import { InWords } from "./in-words";
import { MachineMap } from "./map/machine-map";
import { isOutOfDate } from "./model/out-of-date";
import type { Pipeline } from "./model/pipeline";
import { NodePanel } from "./node-panel";
import { SimulationStatus } from "./simulation-status";
import { Transport } from "./transport/transport";
import { useTransportKeys } from "./transport/use-transport-keys";
import { useClock } from "./use-clock";
import { useFollow } from "./use-follow";
import { usePipeline } from "./use-pipeline";
import "./dataflow-view.css";

/** The whole accelerator in motion: every machine and FIFO, cycle by cycle. */
export function DataflowView() {
  useFollow();
  useClock();
  const pipeline = usePipeline();
  const design = useAppState(shownDesign);
  const isOld = useAppState(isOutOfDate);
  const current = isOld ? null : pipeline;
  return (
    <div className="dataflow">
      <header className="dataflow__head">
        <h2 className="view-title">Dataflow</h2>
        <p className="dataflow__lead">
          Every layer is a machine of its own, and all work at once, each on another part of the stream.
        </p>
        <SimulationStatus />
      </header>
      {design && (
        <div className="dataflow__summary">
          <BottleneckNote report={design.report} pipeline={current} />
          <Figures report={design.report} simulation={current?.simulation ?? null} />
        </div>
      )}
      {pipeline && <Machine pipeline={pipeline} isOld={isOld} />}
    </div>
  );
}

interface MachineProps {
  readonly pipeline: Pipeline;
  /** Does it wait for another simulation to take its place? */
  readonly isOld: boolean;
}

function Machine({ pipeline, isOld }: MachineProps) {
  useTransportKeys(pipeline);
  return (
    <>
      {isOld && <FormerNote pipeline={pipeline} />}
      <div className="dataflow__motion" data-old={isOld || undefined}>
        <Transport pipeline={pipeline} />
        <section
          className="dataflow__map"
          aria-label="Map"
          aria-describedby={isOld ? formerNoteId : undefined}
          data-tour="map"
        >
          <MachineMap pipeline={pipeline} />
        </section>
        <div className="dataflow__lower">
          <OccupancyChart pipeline={pipeline} />
          <NodePanel pipeline={pipeline} />
        </div>
        <InWords pipeline={pipeline} />
      </div>
    </>
  );
}
