import type { RecordedStep } from "../../workers/compiler-api";
import { ActionButton } from "../kit/action-button";
import { useKeys } from "../kit/keys/use-keys";
import { FamilyGlyph } from "./family-glyph";
import { describePass, nodesOf } from "./model/describe-pass";
import type { Fate } from "./model/graph-at";
import { familyOf } from "./model/op-families";
import "./pass-detail.css";

export interface PassDetailProps {
  /** Null: the model as it was read. */
  readonly step: RecordedStep | null;
  /** Of the graph after the pass. */
  readonly nodes: number;
  /** Position of the pass, and of the last one. */
  readonly at: number;
  readonly last: number;
  readonly fates: ReadonlyMap<string, Fate>;
  opOf(node: string): string;
  onStep(at: number): void;
  onNode(node: string): void;
}

const headings: Readonly<Record<Fate, string>> = { new: "New", changed: "Changed", gone: "Gone" };
/** So many are shown; the rest is counted. */
const mostNodes = 10;

/** The pass under the eye: what it does, and the nodes it made, changed and removed. */
export function PassDetail({ step, nodes, at, last, fates, opOf, onStep, onNode }: PassDetailProps) {
  const previous = () => onStep(Math.max(0, at - 1));
  const next = () => onStep(Math.min(last, at + 1));
  useKeys(
    [
      { keys: "[", does: "Previous pass", action: previous, repeats: true },
      { keys: "]", does: "Next pass", action: next, repeats: true },
    ],
    "Model",
  );
  return (
    <section className="pass-detail" aria-labelledby="pass-heading">
      <div className="pass-detail__head">
        <h4 id="pass-heading">{step ? `${at}. ${step.name}` : "As it was read"}</h4>
        <ActionButton isDisabled={at === 0} onPress={previous}>
          Previous pass
        </ActionButton>
        <ActionButton isDisabled={at === last} onPress={next}>
          Next pass
        </ActionButton>
      </div>
      <p>{step ? step.summary : "The file’s own graph, before the first pass."}</p>
      <p className="pass-detail__counts">{step ? describePass(step, fates) : nodesOf(nodes)}</p>
      {(["new", "changed", "gone"] as const).map((fate) => {
        const names = [...fates].flatMap(([name, one]) => (one === fate ? [name] : []));
        if (names.length === 0) return null;
        return (
          <div key={fate} className="pass-detail__fate">
            <h5>
              {headings[fate]} ({names.length})
            </h5>
            <ul>
              {names.slice(0, mostNodes).map((name) => (
                <li key={name}>
                  <button type="button" className="pass-detail__node" onClick={() => onNode(name)}>
                    <FamilyGlyph family={familyOf(opOf(name))} />
                    {name}
                    {!name.startsWith(opOf(name)) && <span className="pass-detail__op">{opOf(name)}</span>}
                  </button>
                </li>
              ))}
              {names.length > mostNodes && <li>and {names.length - mostNodes} more</li>}
            </ul>
          </div>
        );
      })}
    </section>
  );
}
