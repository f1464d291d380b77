import type { ComparisonSetup } from "./comparison";

/** What was compared with what, in a line. */
export function describeSetup({ model, endpoint }: ComparisonSetup): string {
  const { name, version } = endpoint.info.server;
  const server = [name, version].filter(Boolean).join(" ");
  return `${model.name} on ${model.engine.label}, and ${endpoint.address}${server && ` (${server})`}`;
}
