/**
 * Where a host is, as far as its name tells: on this computer, on the local network, or who knows.
 * These are the address spaces of the Local Network Access draft, by which browsers decide what a
 * page may ask (https://wicg.github.io/local-network-access/).
 */
export type AddressSpace = "loopback" | "local" | "unknown";

/** The address space of a URL's `hostname` (IPv6 in brackets, lower case, as `URL` writes it). */
export function addressSpace(hostname: string): AddressSpace {
  if (hostname === "localhost" || hostname.endsWith(".localhost")) return "loopback";
  if (hostname.endsWith(".local")) return "local";
  if (hostname.startsWith("[")) return ofIpv6(hostname.slice(1, -1));
  return /^\d+(\.\d+){3}$/.test(hostname) ? ofIpv4(hostname) : "unknown";
}

function ofIpv4(address: string): AddressSpace {
  const [a = 0, b = 0] = address.split(".").map(Number);
  if (a === 127) return "loopback";
  const local =
    a === 10 ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) || // link-local
    (a === 100 && b >= 64 && b < 128); // carrier-grade NAT
  return local ? "local" : "unknown";
}

function ofIpv6(address: string): AddressSpace {
  if (address === "::1") return "loopback";
  // `URL` writes an IPv4 address in IPv6 as ::ffff:c0a8:105.
  const mapped = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(address);
  if (mapped) {
    const [high, low] = [mapped[1], mapped[2]].map((word) => Number.parseInt(word ?? "", 16));
    return ofIpv4([high! >> 8, high! & 255, low! >> 8, low! & 255].join("."));
  }
  // fc00::/7 is for local networks, fe80::/10 for one link.
  return /^(f[cd]|fe[89ab])[0-9a-f]*:/.test(address) ? "local" : "unknown";
}
