import { BottleneckNote } from "./bottleneck-note";
import { OccupancyChart } from "./chart/occupancy-chart";
import { Figures } from "./figures";
import { InWords } from "./in-words";
import { MachineMap } from "./map/machine-map";
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
  return (
    <div className="dataflow">
      <header className="dataflow__head">
        <h2>Dataflow</h2>
        <p className="dataflow__lead">
          Every layer is a machine of its own, and all work at once, each on another part of the stream.
        </p>
        <SimulationStatus />
      </header>
      {pipeline && <Machine pipeline={pipeline} />}
    </div>
  );
}

function Machine({ pipeline }: { readonly pipeline: Pipeline }) {
  useTransportKeys(pipeline);
  return (
    <>
      <div className="dataflow__summary">
        <BottleneckNote pipeline={pipeline} />
        <Figures pipeline={pipeline} />
      </div>
      <Transport pipeline={pipeline} />
      <section className="dataflow__map" aria-label="Map" data-tour="map">
        <MachineMap pipeline={pipeline} />
      </section>
      <div className="dataflow__lower">
        <OccupancyChart pipeline={pipeline} />
        <NodePanel pipeline={pipeline} />
      </div>
      <InWords pipeline={pipeline} />
    </>
  );
}
