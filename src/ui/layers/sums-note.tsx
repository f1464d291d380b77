import { useAppState } from "../app-context";
import { ActionButton } from "../kit/action-button";
import type { Look } from "./use-look";

/** For a node that only adds up: where its sums and what comes of them are to be seen. */
export function SumsNote({ look: { layers, index, board } }: { readonly look: Look }) {
  const selectNode = useAppState((state) => state.selectNode);
  const next = layers[index + 1];
  if (!next?.node) return null;
  const { name } = next.node;
  return (
    <section className="layers__part" aria-label="Sums">
      <p className="layers__words">
        On the {board} its sums go on to thresholds of their own. The emulator keeps what comes out of those,
        not the sums themselves: they are added up, a channel at a time, for the staircase of {name}.
      </p>
      <p>
        <ActionButton onPress={() => selectNode(name)}>Show {name}</ActionButton>
      </p>
    </section>
  );
}
