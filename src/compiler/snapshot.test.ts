import { expect, test } from "vitest";
import { compile } from "./compile";
import { GraphRecorder, type NodeSnapshot } from "./snapshot";
import { readFixture } from "./testing/fixtures";

/** The graph of a fixture as it was read and after each pass, put together from the recorder's changes. */
async function recorded(file: string) {
  const recorder = new GraphRecorder();
  const known = new Map<string, NodeSnapshot>();
  const graphs: NodeSnapshot[][] = [];
  let sent = 0;
  const see = (model: Parameters<GraphRecorder["record"]>[0]) => {
    const { order, nodes } = recorder.record(model);
    sent += nodes.length;
    for (const node of nodes) known.set(node.name, node);
    graphs.push(order.map((name) => known.get(name)!));
  };
  const { steps, graph } = await compile(readFixture(file), {
    onRead: see,
    onPass: (_step, model) => see(model),
  });
  return { graphs, steps, graph, sent };
}

test("changes put together give every pass's graph, of as many nodes as the pass says", async () => {
  const { graphs, steps, graph, sent } = await recorded("mnv1_finn_opset11.onnx");
  expect(graphs.slice(1).map(({ length }) => length)).toEqual(steps.map(({ nodesAfter }) => nodesAfter));
  for (const [i, { opCounts }] of steps.entries()) {
    const counts = new Map<string, number>();
    for (const { op } of graphs[i + 1]!) counts.set(op, (counts.get(op) ?? 0) + 1);
    expect(counts).toEqual(opCounts);
  }
  const last = graphs.at(-1)!;
  for (const { name, output } of graph.nodes) {
    const node = last.find((one) => one.name === name)!;
    expect([name, node.outputs[0]!.type]).toEqual([name, output.datatype.name]);
  }
  expect(sent).toBeLessThan(graphs.reduce((total, { length }) => total + length, 0) / 3);
});

test("a node says its operator, attributes, shapes and types, and of constants how many and how large", async () => {
  const { graphs } = await recorded("mnv1_finn_opset11.onnx");
  const conv = graphs[0]!.find(({ op }) => op === "Conv")!;
  expect(Object.fromEntries(conv.attributes)).toMatchObject({
    kernel_shape: "3, 3",
    strides: "2, 2",
    group: "1",
  });
  expect(conv.inputs[1]).toMatchObject({ shape: [4, 3, 3, 3], type: "INT8", constant: { count: 108 } });
  const { min, max } = conv.inputs[1]!.constant!;
  expect(min).toBeGreaterThanOrEqual(-127);
  expect(max).toBeLessThanOrEqual(127);
  expect(min).toBeLessThan(max);
  expect(conv.outputs[0]!.constant).toBeNull();
});
