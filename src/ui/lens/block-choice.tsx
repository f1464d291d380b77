import { Group } from "react-aria-components/Group";
import { ToggleButton } from "react-aria-components/ToggleButton";
import { useAppState } from "../app-context";
import type { LensBlock } from "./model/blocks";
import "./block-choice.css";

interface BlockChoiceProps {
  readonly blocks: readonly LensBlock[];
  readonly shown: LensBlock | null;
}

/** The blocks of the network in stream order. */
export function BlockChoice({ blocks, shown }: BlockChoiceProps) {
  const setBlock = useAppState((state) => state.setBlock);
  return (
    <Group className="block-choice" aria-label="Block">
      {blocks.map(({ id, title }) => (
        <ToggleButton
          key={id}
          className="block-choice__block"
          isSelected={id === shown?.id}
          onChange={() => setBlock(id)}
        >
          {title}
        </ToggleButton>
      ))}
    </Group>
  );
}
