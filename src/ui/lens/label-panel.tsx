import type { Folded } from "../../hardware/model";
import { useAppState } from "../app-context";
import type { ScoredLabel } from "./model/best-labels";
import { valueOn } from "./model/chain";
import { labelStateAt } from "./model/label-state";
import type { Lens } from "./model/lens";
import type { Moment } from "./model/moment";
import { Num } from "./num";
import { Numbers } from "./numbers";
import "./label-panel.css";

interface LabelPanelProps {
  readonly lens: Lens;
  readonly node: number;
  readonly folded: Folded<"LabelSelect">;
  readonly moment: Moment;
}

/** The best classes so far, the class that is compared with them, and the classes of the frame before going out. */
export function LabelPanel({ lens, node, folded, moment }: LabelPanelProps) {
  const state = labelStateAt(folded, (index) => valueOn(lens.chain, node, index), moment);
  return (
    <>
      <Numbers
        lens={lens}
        label={`Compared ${moment.takes ? "in this cycle" : "next"}: class ${state.seen}`}
        places={state.entering.map(({ label }) => ({ kind: "value", edge: node, index: label }))}
        tone={moment.takes ? "now" : "later"}
      />
      <Best lens={lens} node={node} title="Best so far" best={state.best} />
      {state.leaving && (
        <Best
          lens={lens}
          node={node}
          title={`Goes out: place ${state.leaving.gone + 1}`}
          best={state.leaving.best}
          now={state.leaving.gone}
        />
      )}
    </>
  );
}

interface BestProps {
  readonly lens: Lens;
  readonly node: number;
  readonly title: string;
  readonly best: readonly ScoredLabel[];
  readonly now?: number;
}

function Best({ lens, node, title, best, now }: BestProps) {
  const labels = useAppState((state) => state.lastModel?.labels);
  return (
    <fieldset className="stage__part">
      <legend className="stage__label">{best.length > 0 ? title : `${title}: none yet`}</legend>
      <ol className="label-panel__best">
        {best.map(({ label }, place) => (
          <li key={label}>
            <Num
              chain={lens.chain}
              before={lens.before}
              place={{ kind: "value", edge: node, index: label }}
              tone={place === now ? "now" : undefined}
            />
            <span>
              class {label}
              {labels?.[label] === undefined ? "" : `, ${labels[label]}`}
            </span>
          </li>
        ))}
      </ol>
    </fieldset>
  );
}
