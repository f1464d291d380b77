import { useRef, useState } from "react";
import { useAppState } from "../app-context";
import { SavePicture } from "../kit/save-picture/save-picture";
import { NodeDetail } from "./node-detail";
import { NodeList } from "./node-list";
import { PipelineLegend } from "./pipeline-legend";
import { PipelineSummary } from "./pipeline-summary";
import "./pipeline-strip.css";

/** All hardware nodes of the network in stream order, sized by what they multiply. */
export function PipelineStrip() {
  const model = useAppState((state) => state.lastModel);
  const selected = useAppState((state) => state.node);
  const strip = useRef<HTMLElement>(null);
  const [hovered, setHovered] = useState<string | null>(null);
  if (!model) return <div className="pipeline pipeline--empty" />;
  const { nodes } = model;
  const detailed = nodes.find(({ name }) => name === (hovered ?? selected));
  return (
    <section ref={strip} className="pipeline" aria-labelledby="pipeline-heading">
      <div className="pipeline__head">
        <h2 id="pipeline-heading" className="part-heading">
          Pipeline
        </h2>
        <PipelineLegend />
        <SavePicture picture={strip} name="Pipeline" of={detailed?.name} />
      </div>
      <NodeList nodes={nodes} onHover={setHovered} />
      {detailed ? (
        <NodeDetail node={detailed} nodes={nodes} chosen={detailed.name === selected} />
      ) : (
        <PipelineSummary nodes={nodes} />
      )}
    </section>
  );
}
