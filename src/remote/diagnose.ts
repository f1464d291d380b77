import type { StreamscopeError } from "../graph/errors";
import { type AddressSpace, addressSpace } from "./address-space";
import type { Browser } from "./browser";
import type { EndpointFault } from "./endpoint";
import { endpointFault, type FaultFacts } from "./faults";

/** How private an address space is: a page needs a permission to ask in one more private than its own. */
const privacy: { readonly [S in AddressSpace]: number } = { unknown: 0, local: 1, loopback: 2 };

/** Milliseconds that each of the further, anonymous requests may take. */
const probeMs = 4000;

/**
 * Why a request failed of which the browser says no more than "failed". From what is certain to what
 * is left: the page may not ask such an address; the user has not allowed it; the endpoint answers this
 * page, or sends it elsewhere; somebody answers, but not to this page; nobody answers.
 */
export async function diagnose(
  browser: Browser,
  address: string,
  signal: AbortSignal | undefined,
  cause: unknown,
): Promise<StreamscopeError> {
  const { page } = browser;
  const space = addressSpace(new URL(address).hostname);
  const mixed = isMixedContent(browser, address);
  const permission = await browser.permission(space === "loopback" ? "loopback" : "local");
  const fault = (name: EndpointFault, perhaps: FaultFacts["perhaps"] = null) =>
    endpointFault(name, { address, page, perhaps }, { cause });

  if (mixed && !(browser.namesAddressSpace && permission)) return fault("mixed-content");
  if ((mixed || isGated(page, space)) && permission !== null && permission !== "granted") {
    return fault(mixed && space === "unknown" && permission === "prompt" ? "mixed-content" : "local-network");
  }
  const openly = await answerTo(browser, address, signal, { mode: "cors", redirect: "manual" });
  if (openly) return fault(isRedirect(openly) ? "redirect" : "broke-off");
  // The next request must follow redirects, so an endpoint outside could turn it against hosts inside
  // that the user has opened to this page, or that are open to all where there is no permission.
  const couldBeTurnedInward =
    space === "unknown" && !mixed && (permission === "granted" || permission === null);
  if (couldBeTurnedInward) return fault("unreachable", "cors");
  // Does somebody answer when the page may not read what? For `no-cors` the fetch standard allows no
  // other redirect mode than `follow`; where it leads is never seen.
  if (await answerTo(browser, address, signal, { mode: "no-cors" })) return fault("cors");
  if (mixed && space === "unknown") return fault("mixed-content");
  return fault("unreachable", space === "unknown" && permission === "denied" ? "local-network" : null);
}

/** Is the browser still waiting for the user's word on the local network? */
export async function awaitsPermission(browser: Browser, address: string): Promise<boolean> {
  const space = addressSpace(new URL(address).hostname);
  const mayAsk = isMixedContent(browser, address) || isGated(browser.page, space);
  return mayAsk && (await browser.permission(space === "loopback" ? "loopback" : "local")) === "prompt";
}

/** Does a page that came over https ask for http, other than of this computer? */
export function isMixedContent({ page }: Browser, address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return page?.protocol === "https:" && protocol === "http:" && addressSpace(hostname) !== "loopback";
}

/** Does the browser ask the user before a page may reach this address space? */
function isGated(page: URL | null, space: AddressSpace): boolean {
  return page !== null && privacy[space] > privacy[addressSpace(page.hostname)];
}

/** Is it a redirect that was not followed? Browsers hide its status; Node shows it. */
export function isRedirect({ type, status }: Response): boolean {
  return type === "opaqueredirect" || (status >= 300 && status < 400);
}

/** The answer to a plain request without token, cookie and referrer, its body left; null if none comes. */
async function answerTo(
  browser: Browser,
  address: string,
  signal: AbortSignal | undefined,
  how: Pick<RequestInit, "mode" | "redirect">,
): Promise<Response | null> {
  const inTime = AbortSignal.timeout(probeMs);
  const init: RequestInit = {
    ...how,
    credentials: "omit",
    cache: "no-store",
    referrerPolicy: "no-referrer",
    signal: signal ? AbortSignal.any([signal, inTime]) : inTime,
    ...addressSpaceOption(browser, address),
  };
  try {
    const response = await browser.fetch(`${address}/v2/health/live`, init);
    await response.body?.cancel();
    return response;
  } catch {
    return null;
  }
}

/**
 * Chrome lets a page that came over https ask http hosts of the local network, with the user's
 * permission, if the request says beforehand that they are there. Otherwise such a request fails.
 */
export function addressSpaceOption(browser: Browser, address: string): { targetAddressSpace?: "local" } {
  return browser.namesAddressSpace && isMixedContent(browser, address) ? { targetAddressSpace: "local" } : {};
}
