import { useEffect, useMemo } from "react";
import type { IntegerArray } from "../../graph/dataflow";
import { useAppState, useLensSession, useSession } from "../app-context";
import { pipelineOf } from "../dataflow/model/pipeline";
import { shownDesign } from "../state/folding-slice";
import { blocksOf, blockWith, type LensBlock } from "./model/blocks";
import { chainOf, computes } from "./model/chain";
import { emulatedNodes } from "./model/emulated-node";
import { type Lens, stagesOf } from "./model/lens";
import type { Values } from "./model/values";

/** The blocks of the design on screen, the one under the lens, and its numbers when they are there. */
export interface LensLook {
  readonly blocks: readonly LensBlock[];
  readonly block: LensBlock | null;
  readonly lens: Lens | null;
  /** Does the design belong to the model that is loaded? Its numbers could not be shown otherwise. */
  readonly isOfModel: boolean;
  retry(): void;
}

/** Brings together design, simulation, weights and tapped values of a block, and asks for what is missing. */
export function useLens(): LensLook {
  const design = useAppState(shownDesign);
  const streaming = useAppState((state) => state.streaming);
  const model = useAppState((state) => state.lastModel);
  const wanted = useAppState((state) => state.block);
  const node = useAppState((state) => state.node);
  const lensNodes = useAppState((state) => state.lensNodes);
  const outcome = useAppState((state) => state.outcome);
  const taps = useAppState((state) => state.taps);
  const session = useSession();
  const lensSession = useLensSession();

  const rows = design?.report.nodes;
  const blocks = useMemo(() => (rows ? blocksOf(rows) : []), [rows]);
  const pipeline = useMemo(
    () => (streaming ? pipelineOf(streaming.design, streaming.simulation) : null),
    [streaming],
  );
  const block =
    blocks.find(({ id }) => id === wanted) ??
    blockWith(blocks, node, pipeline?.machines ?? []) ??
    blocks.find(({ kind }) => kind === "dws") ??
    blocks[0] ??
    null;
  const names = useMemo(() => (rows && model ? emulatedNodes(rows, model.nodes) : null), [rows, model]);
  const first = rows?.findIndex(({ name }) => name === block?.nodes[0]?.name) ?? 0;
  const source = rows?.[first - 1]?.name ?? null;

  const tapped = useMemo(() => {
    if (!block || !names) return [];
    const own = block.nodes.filter(({ kind }) => computes(kind)).map(({ name }) => name);
    return [...(source ? [source] : []), ...own].flatMap((name) => names.get(name) ?? []);
  }, [block, names, source]);

  useEffect(() => {
    if (design && block)
      void lensSession.look(
        design,
        block.nodes.map(({ name }) => name),
      );
  }, [lensSession, design, block]);
  useEffect(() => {
    if (outcome && tapped.length > 0) void session.tap(tapped);
  }, [session, outcome, tapped]);

  const chain = useMemo(() => {
    if (!block || !names || !outcome || lensNodes?.design !== design) return null;
    const nodes = lensNodes?.nodes ?? [];
    if (nodes[0]?.node.name !== block.nodes[0]?.name) return null;
    const arrays = new Map<string, IntegerArray>();
    for (const name of tapped) {
      const tap = taps?.attempt === outcome.attempt ? taps.byNode.get(name) : undefined;
      if (!tap) return null;
      arrays.set(name, tap.data);
    }
    const arrayOf = (name: string | null) => (name === null ? undefined : arrays.get(names.get(name) ?? ""));
    const photo = outcome.classification.input;
    const signed = nodes[0]?.node.input.datatype.signed;
    const input =
      arrayOf(source) ?? (signed ? new Int8Array(photo.buffer, photo.byteOffset, photo.length) : photo);
    return chainOf(nodes, reading(input), (i) => {
      const array = arrayOf(nodes[i]?.node.name ?? null);
      return array ? reading(array) : null;
    });
  }, [block, names, outcome, lensNodes, design, taps, tapped, source]);

  const lens = useMemo((): Lens | null => {
    if (!chain || !pipeline || !block || pipeline.design !== design) return null;
    const before = source ? `${source}’s output` : "the photo";
    return { block, pipeline, chain, stages: stagesOf(pipeline, chain.nodes), before };
  }, [chain, pipeline, block, design, source]);

  return {
    blocks,
    block,
    lens,
    isOfModel: !rows || !model || names !== null,
    retry: () => {
      if (design && block)
        void lensSession.look(
          design,
          block.nodes.map(({ name }) => name),
        );
      if (outcome) void session.tap(tapped);
    },
  };
}

const reading =
  (array: IntegerArray): Values =>
  (index) =>
    array[index] ?? 0;
