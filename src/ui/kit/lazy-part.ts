import { type ComponentType, lazy } from "react";
import { StreamscopeError } from "../../graph/errors";

/** A part of the page of which the code comes when it is first looked at; fails with the code `network`. */
export function lazyPart(load: () => Promise<ComponentType>) {
  return lazy(async () => {
    try {
      return { default: await load() };
    } catch (cause) {
      throw new StreamscopeError("network", "It could not be loaded.", {}, { cause });
    }
  });
}
