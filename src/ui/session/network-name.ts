/** What a network is called after its file or address: `https://host/nets/cifar.onnx?raw` holds `cifar`. */
export function networkName(origin: string): string {
  const path = /^https?:/i.test(origin) ? lastStep(origin) : origin;
  return path.replace(/\.onnx$/i, "").slice(0, 100) || "network";
}

function lastStep(address: string): string {
  const step = URL.canParse(address) ? (new URL(address).pathname.split("/").at(-1) ?? "") : "";
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
