import { useMemo } from "react";
import { useAppState } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { formatShape } from "../kit/format";
import { NodeName } from "../kit/node-name";
import { groupNodes } from "../pipeline/group-nodes";
import { nodeKinds } from "../pipeline/node-kinds";
import { inputTitle, type Layer } from "./model/layer";
import type { Look } from "./use-look";
import "./layer-chooser.css";

/** The layer to look at: a list by blocks, and the ones before and after. */
export function LayerChooser({ look }: { readonly look: Look }) {
  const { layers, index, layer } = look;
  const selectNode = useAppState((state) => state.selectNode);
  const wanted = useAppState((state) => state.node);
  const missing = index === 0 ? wanted : null;
  const groups = useMemo(() => groupNodes(layers.flatMap(({ node }) => node ?? [])), [layers]);
  const go = (to: number) => selectNode(layers[to]?.node?.name ?? null);
  return (
    <section className="layer-chooser" aria-labelledby="layer-heading">
      <div className="layer-chooser__controls">
        <ActionButton isDisabled={index === 0} onPress={() => go(index - 1)}>
          Previous
        </ActionButton>
        <label className="layer-chooser__list">
          <span className="visually-hidden">Layer</span>
          <select
            value={layer.node?.name ?? ""}
            onChange={({ target }) => selectNode(target.value === "" ? null : target.value)}
          >
            <option value="">{inputTitle}</option>
            {groups.map((group) => (
              <optgroup key={group.title} label={group.title}>
                {group.nodes.map(({ name }) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </label>
        <ActionButton isDisabled={index === layers.length - 1} onPress={() => go(index + 1)}>
          Next
        </ActionButton>
      </div>
      <div>
        <h3
          id="layer-heading"
          className={`layer-chooser__name ${layer.node ? `tone-${nodeKinds[layer.node.kind].tone}` : ""}`}
        >
          <NodeName name={layer.title} />
        </h3>
        <p className="layers__words">{describeLayer(layer)}</p>
        {missing && (
          <p className="layer-chooser__missing">This network has no node {missing}; its input is shown.</p>
        )}
      </div>
    </section>
  );
}

function describeLayer({ node, height, width, channels, datatype }: Layer): string {
  const map = formatShape([1, height, width, channels]);
  if (!node) return `The very bytes that went into the network: ${map}, ${datatype.name}.`;
  const { meaning } = nodeKinds[node.kind];
  if (!node.window) return `${meaning} It puts out ${formatShape(node.outputShape)}, ${datatype.name}.`;
  const [down, right] = node.window.kernel;
  return `${meaning} It puts out ${formatShape(node.outputShape)}, ${datatype.name}: ${down} × ${right} pixels for each pixel, most of them many times. Shown is the middle of each window.`;
}
