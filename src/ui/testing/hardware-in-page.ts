import type { ModelPackage } from "../../graph/package/read";
import { shippedGraph } from "../../hardware/testing/shipped-graph";
import { open } from "../../workers/answer";
import type { HardwareClient } from "../../workers/hardware-client";
import { HardwareService } from "../../workers/hardware-service";

/** The hardware model of the shipped network without its worker, for tests of what the page does with it. */
export function hardwareInPage(): HardwareClient {
  const modelPackage = {
    graph: shippedGraph(),
    checksum: "c".repeat(64),
    labels: null,
  } as unknown as ModelPackage;
  const service = new HardwareService(async () => ({ modelPackage, fromStore: true }));
  const nothing = () => {};
  return {
    load: async (request) => open(await service.load(request, 0, nothing)),
    base: async (request) => open(await service.base(request, 0)),
    fold: async (request) => open(await service.fold(request, 0)),
    edit: async (request) => open(await service.edit(request, 0)),
    foldToTarget: async (request) => open(await service.foldToTarget(request, 0)),
    foldToBudget: async (request) => open(await service.foldToBudget(request, 0)),
    simulate: async (request) => open(await service.simulate(request, 0, nothing)),
    sizeFifos: async (request) => open(await service.sizeFifos(request, 0, nothing)),
    constants: async (request) => open(await service.constants(request, 0)),
    nodes: async (request) => open(await service.nodes(request, 0)),
    dispose: nothing,
  };
}
