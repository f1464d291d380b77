import { useEffect, useRef } from "react";
import { ListBox } from "react-aria-components/ListBox";
import { SavePicture } from "../kit/save-picture/save-picture";
import type { Compilation } from "../state/compilation-slice";
import { census } from "./model/op-families";
import { PassRow } from "./pass-row";
import "./pass-list.css";

export interface PassListProps {
  readonly compilation: Compilation;
  /** 0: the model as it was read; i: pass i. */
  readonly at: number;
  onChoose(at: number): void;
}

/** The passes in their order, each with a bar as long as the graph it left, cut by families of operators. */
export function PassList({ compilation: { origin, asRead, steps }, at, onChoose }: PassListProps) {
  const counts = [asRead.order.length, ...steps.map(({ nodesAfter }) => nodesAfter)];
  const most = Math.max(1, ...counts);
  const list = useRef<HTMLDivElement>(null);
  // The pass under the eye stays in sight, whichever way one came to it; the page itself stays put.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new position is what moves the list
  useEffect(() => {
    const row = list.current?.querySelector<HTMLElement>("[data-selected]");
    if (!list.current || !row) return;
    const { scrollTop, clientHeight } = list.current;
    const above = row.offsetTop < scrollTop;
    const below = row.offsetTop + row.offsetHeight > scrollTop + clientHeight;
    if (above || below) list.current.scrollTop = row.offsetTop - (clientHeight - row.offsetHeight) / 2;
  }, [at]);
  return (
    <div className="pass-list__part">
      <SavePicture picture={list} name="Passes" of={origin} />
      <ListBox
        ref={list}
        className="pass-list"
        aria-label="Passes, with the nodes that each left"
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        selectedKeys={[`${at}`]}
        onSelectionChange={(keys) => {
          const [key] = keys === "all" ? [] : keys;
          if (key !== undefined) onChoose(Number(key));
        }}
      >
        <PassRow
          id="0"
          name="As it was read"
          before={asRead.order.length}
          after={asRead.order.length}
          changed
          parts={census(asRead.nodes.map(({ op }) => op))}
          most={most}
        />
        {steps.map(({ name, nodesBefore, nodesAfter, changed, opCounts }, i) => (
          <PassRow
            // Passes of one name run more than once, and never change their places.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={i}
            id={`${i + 1}`}
            name={name}
            before={nodesBefore}
            after={nodesAfter}
            changed={changed}
            parts={census([...opCounts].flatMap(([op, count]) => Array<string>(count).fill(op)))}
            most={most}
          />
        ))}
      </ListBox>
    </div>
  );
}
