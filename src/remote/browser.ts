import type { AddressSpace } from "./address-space";

/** What the client needs of the browser it runs in. */
export interface Browser {
  readonly fetch: typeof fetch;
  /** Address of the page; null outside of browsers. */
  readonly page: URL | null;
  /**
   * May the page ask hosts of this address space? Null in browsers that know no such permission:
   * they ask nobody (before 2025 none did).
   */
  readonly permission: (space: Exclude<AddressSpace, "unknown">) => Promise<PermissionState | null>;
  /** Does `fetch` know `targetAddressSpace`? */
  readonly namesAddressSpace: boolean;
}

/** The permission's names, the newer first: Chrome 145 split the one of Chrome 142 in two. */
const permissionNames = {
  loopback: ["loopback-network", "local-network-access"],
  local: ["local-network", "local-network-access"],
} as const;

/** The browser that this page runs in. */
export function thisBrowser(): Browser {
  const href = globalThis.location?.href;
  return {
    // Called on the global object, without which it is an illegal invocation.
    fetch: (...request) => globalThis.fetch(...request),
    page: href && URL.canParse(href) ? new URL(href) : null,
    namesAddressSpace: "targetAddressSpace" in Request.prototype,
    permission: async (space) => {
      for (const name of permissionNames[space]) {
        try {
          // TypeScript's list of permissions does not have these yet.
          const status = await navigator.permissions.query({ name: name as PermissionName });
          return status.state;
        } catch {
          // A browser that does not know the name throws: try the next.
        }
      }
      return null;
    },
  };
}
