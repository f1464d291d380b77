import type { EndpointInfo } from "../../remote/endpoint";
import type { Fact } from "../kit/facts";
import type { EndpointStatus } from "./use-endpoint-status";

/** The light in words. */
export function describePhase(phase: EndpointStatus["phase"]): string {
  const words: Record<EndpointStatus["phase"], string> = {
    "awaiting-consent": "Not asked yet",
    checking: "Checking…",
    ready: "Ready",
    failed: "Cannot be used",
  };
  return words[phase];
}

/** Is it an emulator by its own word? Its platform says so. */
export function isEmulator({ model }: EndpointInfo): boolean {
  return /\bemulat(or|ed|ion)\b|\bno hardware\b/i.test(model.platform);
}

/** What an endpoint runs on, by its own word. */
export function describePlatform(info: EndpointInfo): string {
  if (isEmulator(info)) return "Emulator, no hardware";
  const { platform } = info.model;
  return platform === "" ? "The server does not say what it runs on" : `Runs on ${platform}`;
}

/** What an endpoint says of itself, for a list of names and values. */
export function endpointFacts({ server, model, binary }: EndpointInfo): Fact[] {
  return [
    ["Server", [server.name, server.version].filter(Boolean).join(" ") || null],
    ["Model", [model.name, ...model.versions.map((version) => `version ${version}`)].join(", ")],
    ["Platform", model.platform || null],
    ["Tensors", binary ? "As bytes" : "As JSON"],
  ];
}
