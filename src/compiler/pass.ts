import { StreamscopeError } from "../graph/errors";
import type { OnnxModel, OnnxNode, Tensor } from "../onnx/model";

/** One transformation of a model, named as in FINN or qonnx. */
export interface Pass {
  readonly name: string;
  /** One sentence for people: what it does and why. */
  readonly summary: string;
  /**
   * Changes the model in place; says whether anything changed. Throws `unsupported-model`
   * (see `refuse`) for what it can not handle.
   */
  apply(model: OnnxModel): boolean;
}

/** What a pass did, for people: the graph before and after it. */
export interface PassStep {
  readonly name: string;
  readonly summary: string;
  readonly changed: boolean;
  readonly nodesBefore: number;
  readonly nodesAfter: number;
  /** Operator -> number of nodes, after the pass. */
  readonly opCounts: ReadonlyMap<string, number>;
  /** Nodes that are new or whose operator, inputs, constants or attributes are not what they were. */
  readonly changedNodes: readonly string[];
  /** Names of nodes that are gone. */
  readonly removedNodes: readonly string[];
}

/** More sweeps than any model needs: a pass that still changes things is going round in circles. */
const MAX_SWEEPS = 1000;

/** Applies a pass until it changes nothing. Returns whether it changed anything at all. */
export function applyUntilStable(pass: Pass, model: OnnxModel): boolean {
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    if (!pass.apply(model)) return sweep > 0;
  }
  throw new Error(`${pass.name} still changes the graph after ${MAX_SWEEPS} sweeps`);
}

/** A pass that applies others, in order, until none changes anything. */
export function passGroup(name: string, summary: string, passes: readonly Pass[]): Pass {
  return {
    name,
    summary,
    apply: (model) => passes.map((pass) => applyUntilStable(pass, model)).some(Boolean),
  };
}

/** Applies passes in order, each until stable; `onStep` hears of each one when it is done. */
export function runPasses(
  passes: readonly Pass[],
  model: OnnxModel,
  onStep?: (step: PassStep) => void,
): PassStep[] {
  const steps: PassStep[] = [];
  let before = fingerprints(model);
  for (const pass of passes) {
    const changed = applyUntilStable(pass, model);
    const after = changed ? fingerprints(model) : before;
    const step: PassStep = {
      name: pass.name,
      summary: pass.summary,
      changed,
      nodesBefore: before.size,
      nodesAfter: after.size,
      opCounts: countOps(model),
      changedNodes: [...after].filter(([name, print]) => before.get(name) !== print).map(([name]) => name),
      removedNodes: [...before.keys()].filter((name) => !after.has(name)),
    };
    steps.push(step);
    onStep?.(step);
    before = after;
  }
  return steps;
}

/** Throws `unsupported-model` for a node, as `MatMul_3 (MatMul): reason.` */
export function refuse(node: OnnxNode, reason: string): never {
  throw new StreamscopeError("unsupported-model", `${node.name} (${node.opType}): ${reason}.`, {
    node: node.name,
    op: node.opType,
    reason,
  });
}

/** Operator -> number of nodes. */
function countOps(model: OnnxModel): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { opType } of model.graph.nodes) counts.set(opType, (counts.get(opType) ?? 0) + 1);
  return counts;
}

/** Node name -> its operator, inputs, constants and attributes as text. */
function fingerprints({ graph }: OnnxModel): Map<string, string> {
  return new Map(
    graph.nodes.map((node) => {
      const constants = node.inputs.map((name) => identityOf(graph.initializers.get(name)));
      const print = [node.opType, node.inputs, constants, node.outputs, [...node.attributes]];
      return [node.name, JSON.stringify(print)];
    }),
  );
}

const identities = new WeakMap<Tensor, number>();
let lastIdentity = 0;

/** Tensors are never changed in place, so another object stands for other values. */
function identityOf(tensor: Tensor | undefined): number {
  if (!tensor) return 0;
  const known = identities.get(tensor);
  if (known) return known;
  identities.set(tensor, ++lastIdentity);
  return lastIdentity;
}
