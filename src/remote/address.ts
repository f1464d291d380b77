import { endpointFault } from "./faults";

/**
 * The base address of an endpoint from what a person typed: http or https, with a path if it lies
 * under one; without query, fragment, a slash at its end, or the `v2` that the protocol adds itself.
 * Throws StreamscopeError `endpoint` with fault `bad-address`.
 */
export function parseAddress(text: string): string {
  const typed = text.trim();
  const refuse = (wrong: string) => endpointFault("bad-address", { address: typed.slice(0, 200), wrong });
  if (typed === "") throw refuse("There is no address yet.");
  if (!/^https?:\/\//i.test(typed)) throw refuse("The address must begin with http:// or https://.");
  if (typed.length > 2000 || !URL.canParse(typed)) throw refuse("This is no address of a server.");
  const url = new URL(typed);
  if (url.username || url.password) {
    throw refuse("An address holds no user name or password; the token has a field of its own.");
  }
  if (url.hostname === "0.0.0.0" || url.hostname === "[::]") {
    throw refuse(`${url.hostname} is what a server listens on, not where it is found.`);
  }
  return url.origin + url.pathname.replace(/\/+$/, "").replace(/\/v2$/, "").replace(/\/+$/, "");
}
