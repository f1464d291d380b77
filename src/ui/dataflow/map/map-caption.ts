import type { BaseFolding } from "../../../hardware/base-folding";
import { boards } from "../../../hardware/boards";
import type { FoldingConfig } from "../../../hardware/folding-config";
import { formatInteger, formatMs } from "../../kit/format";
import { foldingDifferences } from "../../state/folding-link";
import type { Pipeline } from "../model/pipeline";

/** So many changed nodes are named. */
const mostNamed = 4;

/**
 * What a map by itself does not tell, for a saved one: board, folding and cycle.
 * @param base what one begins with on the board; undefined if it was not looked at
 */
export function mapCaption(
  { design: { board, config }, simulation }: Pipeline,
  cycle: number,
  base: BaseFolding | undefined,
): string {
  const time = formatMs((cycle * boards[board].clockNs) / 1e6);
  const place = `Cycle ${formatInteger(cycle)} of ${formatInteger(simulation.cycles)}, ${time} after the start.`;
  return `Board ${board}, ${foldingWords(config, base)}. ${place}`;
}

function foldingWords(config: FoldingConfig, base: BaseFolding | undefined): string {
  if (!base) return "a folding of its own";
  const from = base.preset ? "FINN’s folding" : "the folding worked out for it";
  const changes = foldingDifferences(config, base.config).split("*").filter(Boolean);
  if (changes.length === 0) return from;
  const named = changes.slice(0, mostNamed).map((change) => change.replaceAll(/[.-]/g, " "));
  const more = changes.length > mostNamed ? [`${changes.length - mostNamed} more`] : [];
  return `${from} changed at ${[...named, ...more].join(", ")}`;
}
