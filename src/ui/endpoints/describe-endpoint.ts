import type { EndpointInfo } from "../../remote/endpoint";
import type { Fact } from "../kit/facts";
import type { EndpointFailure } from "../session/endpoint-queries";
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

/**
 * What is wrong and what helps. A network goes by the name of its file, and the endpoint by one of its
 * own: where only these differ, how to make them one.
 * @param model name of the loaded network; null while there is none
 */
export function describeFailure({ fault, status, message }: EndpointFailure, model: string | null): string {
  // A model of this name that does not fit is told with a reply's success, and has no status.
  const isUnknownName = fault === "wrong-model" && status !== null;
  if (!isUnknownName || model === null) return message;
  return `${message} If it runs this very network under another name, start it with --model-name ${model}; or rename the network's file to the endpoint's name and open it again in Model.`;
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
