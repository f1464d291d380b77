import type { NodeSnapshot, TensorSnapshot } from "../../compiler/snapshot";
import { Facts } from "../kit/facts";
import { formatInteger, formatShape } from "../kit/format";
import type { Fate } from "./model/graph-at";
import "./node-inspector.css";

/** All that is known of a node: operator, attributes, what it reads, what it holds, what it puts out. */
export function NodeInspector({ node, fate }: { readonly node: NodeSnapshot; readonly fate: Fate | null }) {
  const constants = node.inputs.filter(({ constant }) => constant !== null);
  const flows = node.inputs.filter(({ constant }) => constant === null);
  return (
    <section className="node-inspector" aria-labelledby="node-inspector-heading">
      <h4 id="node-inspector-heading">{node.name}</h4>
      {fate === "gone" && <p className="node-inspector__gone">Gone after this pass; this is how it was.</p>}
      <Facts facts={[["Operator", node.op], ...node.attributes]} />
      <Tensors title="Reads" tensors={flows} />
      <Tensors title="Holds" tensors={constants} />
      <Tensors title="Puts out" tensors={node.outputs} />
    </section>
  );
}

function Tensors({
  title,
  tensors,
}: {
  readonly title: string;
  readonly tensors: readonly TensorSnapshot[];
}) {
  if (tensors.length === 0) return null;
  return (
    <div>
      <h5>{title}</h5>
      <ul>
        {tensors.map((tensor) => (
          <li key={tensor.name}>
            <span className="node-inspector__tensor">{tensor.name}</span>
            <span className="node-inspector__figures">
              {tensor.shape ? formatShape(tensor.shape) || "one value" : "shape not known yet"}, {tensor.type}
              {tensor.constant && constantText(tensor.constant)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function constantText({ count, min, max }: NonNullable<TensorSnapshot["constant"]>): string {
  if (count === 1) return `: ${figure(min)}`;
  return `: ${formatInteger(count)} values from ${figure(min)} to ${figure(max)}`;
}

/** Whole numbers in full, others to five digits. */
function figure(value: number): string {
  return (Number.isInteger(value) ? formatInteger(value) : String(Number(value.toPrecision(5)))).replace(
    "-",
    "−",
  );
}
