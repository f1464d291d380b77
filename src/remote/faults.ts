import { StreamscopeError } from "../graph/errors";
import { addressSpace } from "./address-space";
import type { EndpointFault } from "./endpoint";

/** What a fault's sentence may tell of. */
export interface FaultFacts {
  /** The endpoint's address, or for `bad-address` what was typed. */
  readonly address: string;
  /** What was wrong, where the fault has many causes: a whole sentence. */
  readonly wrong?: string;
  /** HTTP status of the reply. */
  readonly status?: number;
  /** The server's own words, as plain text; empty if it gave none. */
  readonly said?: string;
  readonly timeoutMs?: number;
  /** Was a token sent? */
  readonly hasToken?: boolean;
  /** The page that asked; null outside of browsers. */
  readonly page?: URL | null;
  /** For `unreachable`: what else it could be, which the browser does not tell. */
  readonly perhaps?: "cors" | "local-network" | null;
}

/** The error of an endpoint that cannot be used in this way; its message says what to do. */
export function endpointFault(
  fault: EndpointFault,
  facts: FaultFacts,
  options?: ErrorOptions,
): StreamscopeError {
  const details = {
    fault,
    address: facts.address,
    ...(facts.status === undefined ? {} : { status: facts.status }),
  };
  const said = facts.said ? ` It says: “${facts.said}”` : "";
  return new StreamscopeError("endpoint", sentences[fault](facts) + said, details, options);
}

const sentences: { readonly [F in EndpointFault]: (facts: FaultFacts) => string } = {
  "bad-address": ({ wrong }) => `${wrong} Type it like http://localhost:8000 or https://fpga.example.com.`,

  "mixed-content": (facts) =>
    `This page came over https, so the browser lets it ask ${host(facts)} only over https. Ways out: put a TLS proxy in front of the endpoint and use its https address; or ${tunnel(facts)}; or, if the endpoint is on your local network, allow the local network to this site in Chrome or Edge.`,

  "local-network": (facts) => {
    if (facts.page?.protocol === "http:" && addressSpace(facts.page.hostname) === "unknown") {
      return `This page came over http, and the browser keeps such pages from ${placeOf(facts)}. Open Streamscope over https, or from this computer as http://localhost.`;
    }
    const barred = `The browser keeps this site from ${placeOf(facts)}, where ${host(facts)} is.`;
    const proxy = "put a TLS proxy with a public https address in front of the endpoint";
    if (spaceOf(facts) === "loopback") {
      return `${barred} Ways out: ${proxy}; or allow “Apps on device” in the browser's settings for this site and try again.`;
    }
    return `${barred} Ways out: ${proxy}; or ${tunnel(facts)}; or allow “Local network” in the browser's settings for this site and try again.`;
  },

  unreachable: (facts) => {
    const certificate = facts.address.startsWith("https:")
      ? ` If its certificate is one of its own making, open ${facts.address}/v2/health/live in a new tab and accept it there.`
      : "";
    const perhaps = {
      cors: ` If it runs, it may not allow pages from ${origin(facts)}: add this origin to those it allows.`,
      "local-network": ` If it is on your local network, allow “Local network” in the browser's settings for this site.`,
    };
    return `Nothing answers at ${facts.address}. Check that the endpoint runs, that host and port are right, and that no firewall is between.${certificate}${facts.perhaps ? perhaps[facts.perhaps] : ""}`;
  },

  "broke-off": (facts) =>
    `${host(facts)} answers, but this connection broke off before the answer came. Try again. If it stays so, look at the endpoint's log; a proxy in front of it may be unable to reach it, take no request of this size, or let no OPTIONS requests through.`,

  "timed-out": (facts) =>
    `${host(facts)} gave no full answer within ${(facts.timeoutMs ?? 0) / 1000} s. Try again; if it stays silent, look at the endpoint's log and restart it.`,

  cors: (facts) =>
    `${host(facts)} answers, but does not let pages from ${origin(facts)} read its answers (CORS). Add this origin to those the endpoint allows; a proxy in front of it must let OPTIONS requests through.`,

  redirect: (facts) =>
    `${host(facts)} sends requests on to another address, and that is never followed. Type the address where the endpoint really is.`,

  unauthorized: (facts) =>
    facts.wrong ??
    (facts.hasToken
      ? `${host(facts)} does not accept this token (status 401). Check the token.`
      : `${host(facts)} wants a token (status 401). Enter the one that the endpoint was started with.`),

  forbidden: (facts) =>
    `${host(facts)} refuses this (status 403). Ask who runs it whether this page's origin and your token may use it.`,

  "not-ready": (facts) => `${facts.wrong} Wait until it has loaded, then try again.`,

  "wrong-model": (facts) => `${facts.wrong} Start the endpoint with the network shown here, or use another.`,

  overloaded: (facts) =>
    `${host(facts)} has more to do than it takes on (status ${facts.status}). Try again in a moment, or with fewer images at once.`,

  "too-large": (facts) =>
    `${host(facts)} takes no request of this size (status 413). Send fewer images at once, or raise the endpoint's limit.`,

  "server-error": (facts) =>
    `${host(facts)} ${(facts.status ?? 500) < 500 ? "refused the request" : "failed"} (status ${facts.status}). ${facts.wrong ?? "Look at the endpoint's log."}`,

  "bad-reply": (facts) =>
    `The reply of ${host(facts)} cannot be used. ${facts.wrong} Check the address and the endpoint's version.`,
};

const host = ({ address }: FaultFacts) => new URL(address).host;
const origin = ({ page }: FaultFacts) => page?.origin ?? "this page";
const spaceOf = ({ address }: FaultFacts) => addressSpace(new URL(address).hostname);
const placeOf = (facts: FaultFacts) =>
  spaceOf(facts) === "loopback" ? "programs on this computer" : "your local network";

/**
 * A tunnel's near end is on this computer, which every page may ask over http. Behind an https
 * address is some proxy; the endpoint itself then listens on its usual port.
 */
function tunnel({ address }: FaultFacts): string {
  const { hostname, port, protocol } = new URL(address);
  const far = protocol === "http:" ? port || "80" : "8000";
  const name = hostname.replace(/[[\]]/g, "");
  return `run “ssh -L 8000:localhost:${far} ${name}” and use http://localhost:8000, which Chrome asks you to allow once`;
}
