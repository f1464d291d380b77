import type { Attribute, ElementType, OnnxGraph, OnnxNode, Tensor } from "./model";

/** Makes a node that is in no graph yet; a GraphEditor names it on insertion if `name` is empty. */
export function makeNode(
  opType: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, Attribute>> = {},
  options: { name?: string; domain?: string } = {},
): OnnxNode {
  return {
    name: options.name ?? "",
    opType,
    domain: options.domain ?? "",
    inputs: [...inputs],
    outputs: [...outputs],
    attributes: new Map(Object.entries(attributes)),
  };
}

/** The known shape of a tensor, or undefined if it is unknown or has a named dimension. */
export function shapeOf(graph: OnnxGraph, tensor: string): readonly number[] | undefined {
  const constant = graph.initializers.get(tensor);
  if (constant) return constant.shape;
  const value =
    graph.valueInfo.get(tensor) ??
    graph.inputs.find(({ name }) => name === tensor) ??
    graph.outputs.find(({ name }) => name === tensor);
  return value?.shape.every((dim) => typeof dim === "number") ? (value.shape as number[]) : undefined;
}

/** Notes the shape and element type of a tensor between nodes, or of a graph output. */
export function setShape(
  graph: OnnxGraph,
  tensor: string,
  shape: readonly number[],
  elemType: ElementType = "float32",
): void {
  const end =
    graph.inputs.find(({ name }) => name === tensor) ?? graph.outputs.find(({ name }) => name === tensor);
  if (end) Object.assign(end, { shape: [...shape], elemType });
  else graph.valueInfo.set(tensor, { name: tensor, shape: [...shape], elemType });
}

/**
 * Changes a graph while knowing who makes and who reads each tensor. Build one for a sweep
 * of a pass; all changes to nodes must then go through it. The order of `graph.nodes` stays
 * topological as long as nodes are inserted next to those they feed or read.
 */
export class GraphEditor {
  readonly #producers = new Map<string, OnnxNode>();
  readonly #consumers = new Map<string, OnnxNode[]>();
  readonly #names = new Set<string>();
  /** Hint -> the number its latest name got, so that many names from one hint are found at once. */
  readonly #lastNumber = new Map<string, number>();
  readonly #removed = new Set<OnnxNode>();

  constructor(readonly graph: OnnxGraph) {
    for (const { name } of [...graph.inputs, ...graph.outputs]) this.#names.add(name);
    for (const name of graph.initializers.keys()) this.#names.add(name);
    for (const node of graph.nodes) this.#link(node);
  }

  /** The nodes as they are now; the loop over them may insert and remove. */
  nodes(): readonly OnnxNode[] {
    return this.graph.nodes.slice();
  }

  /** Was this node, met in a loop over `nodes()`, removed meanwhile? */
  isRemoved(node: OnnxNode): boolean {
    return this.#removed.has(node);
  }

  /** The node that makes a tensor; undefined for graph inputs and constants. */
  producer(tensor: string | undefined): OnnxNode | undefined {
    return tensor === undefined ? undefined : this.#producers.get(tensor);
  }

  /** The nodes that read a tensor, each as often as it reads it. */
  consumers(tensor: string | undefined): readonly OnnxNode[] {
    return (tensor !== undefined && this.#consumers.get(tensor)) || [];
  }

  /** The one node that reads a tensor, if there is exactly one and the tensor is no graph output. */
  soleConsumer(tensor: string | undefined): OnnxNode | undefined {
    const readers = this.consumers(tensor);
    return readers.length === 1 && !this.isGraphOutput(tensor) ? readers[0] : undefined;
  }

  isGraphOutput(tensor: string | undefined): boolean {
    return this.graph.outputs.some(({ name }) => name === tensor);
  }

  constant(tensor: string | undefined): Tensor | undefined {
    return tensor === undefined ? undefined : this.graph.initializers.get(tensor);
  }

  /** Adds an initializer under a fresh name and returns the name. */
  addConstant(hint: string, value: Tensor): string {
    const name = this.uniqueName(hint);
    this.graph.initializers.set(name, value);
    return name;
  }

  /** A name that no node and no tensor has; it is taken from now on. */
  uniqueName(hint: string): string {
    let name = hint;
    let number = this.#lastNumber.get(hint) ?? 0;
    while (this.#names.has(name)) name = `${hint}_${++number}`;
    this.#lastNumber.set(hint, number);
    this.#names.add(name);
    return name;
  }

  insertBefore(anchor: OnnxNode, ...nodes: OnnxNode[]): void {
    this.#insert(this.graph.nodes.indexOf(anchor), nodes);
  }

  insertAfter(anchor: OnnxNode, ...nodes: OnnxNode[]): void {
    this.#insert(this.graph.nodes.indexOf(anchor) + 1, nodes);
  }

  /** Takes a node out; who reads its outputs is the caller's care. */
  remove(node: OnnxNode): void {
    this.graph.nodes.splice(this.graph.nodes.indexOf(node), 1);
    this.#removed.add(node);
    for (const input of node.inputs) this.#forgetConsumer(input, node);
    for (const output of node.outputs) {
      if (this.#producers.get(output) === node) this.#producers.delete(output);
    }
  }

  setInput(node: OnnxNode, slot: number, tensor: string): void {
    const old = node.inputs[slot];
    if (old) this.#forgetConsumer(old, node);
    node.inputs[slot] = tensor;
    this.#addConsumer(tensor, node);
  }

  setOutput(node: OnnxNode, slot: number, tensor: string): void {
    const old = node.outputs[slot];
    if (old && this.#producers.get(old) === node) this.#producers.delete(old);
    node.outputs[slot] = tensor;
    if (!tensor) return;
    this.#producers.set(tensor, node);
    this.#names.add(tensor);
  }

  /** Makes every reader of `from` read `to`. A graph output keeps its name. */
  redirectConsumers(from: string, to: string): void {
    for (const reader of new Set(this.consumers(from))) {
      reader.inputs.forEach((input, slot) => {
        if (input === from) this.setInput(reader, slot, to);
      });
    }
  }

  /**
   * Inserts a node with one output between a tensor and all its readers: `build` gets the
   * tensor to read and the tensor to make. If the tensor is a graph output, the new node
   * makes it and the old producer gets a fresh output.
   */
  insertOn(tensor: string, build: (input: string, output: string) => OnnxNode): OnnxNode {
    const producer = this.producer(tensor);
    if (producer && this.isGraphOutput(tensor)) {
      const fresh = this.uniqueName(`${tensor}_in`);
      this.setOutput(producer, producer.outputs.indexOf(tensor), fresh);
      this.#copyDescription(tensor, fresh);
      const node = build(fresh, tensor);
      this.insertAfter(producer, node);
      return node;
    }
    const output = this.uniqueName(`${tensor}_out`);
    this.redirectConsumers(tensor, output);
    const node = build(tensor, output);
    if (producer) this.insertAfter(producer, node);
    else this.#insert(0, [node]);
    return node;
  }

  /**
   * Removes a node and lets the readers of its first output read its input `slot` instead.
   * A graph output keeps its name: then what makes the input makes it. Returns false, and
   * changes nothing, where that is impossible because the input is no node's output or is
   * a graph output too.
   */
  removeAndRewire(node: OnnxNode, slot = 0): boolean {
    const input = node.inputs[slot];
    const output = node.outputs[0];
    if (!input || !output) return false;
    if (!this.isGraphOutput(output)) {
      this.remove(node);
      this.redirectConsumers(output, input);
      return true;
    }
    const producer = this.producer(input);
    if (!producer || this.isGraphOutput(input)) return false;
    this.remove(node);
    this.setOutput(producer, producer.outputs.indexOf(input), output);
    this.redirectConsumers(input, output);
    return true;
  }

  #insert(position: number, nodes: readonly OnnxNode[]): void {
    for (const node of nodes) {
      if (!node.name) node.name = this.uniqueName(`${node.opType}_new`);
      this.#link(node);
    }
    this.graph.nodes.splice(position, 0, ...nodes);
  }

  #link(node: OnnxNode): void {
    this.#names.add(node.name);
    for (const input of node.inputs) this.#addConsumer(input, node);
    for (const output of node.outputs) {
      if (!output) continue;
      this.#producers.set(output, node);
      this.#names.add(output);
    }
  }

  #addConsumer(tensor: string, node: OnnxNode): void {
    if (!tensor) return;
    const readers = this.#consumers.get(tensor);
    if (readers) readers.push(node);
    else this.#consumers.set(tensor, [node]);
  }

  #forgetConsumer(tensor: string, node: OnnxNode): void {
    const readers = this.#consumers.get(tensor);
    const at = readers?.indexOf(node) ?? -1;
    if (at >= 0) readers?.splice(at, 1);
  }

  #copyDescription(from: string, to: string): void {
    const output = this.graph.outputs.find(({ name }) => name === from);
    if (output) this.graph.valueInfo.set(to, { ...output, name: to, shape: [...output.shape] });
    const annotations = this.graph.annotations.get(from);
    if (annotations) this.graph.annotations.set(to, new Map(annotations));
  }
}
