/** The domain that qonnx, FINN and Brevitas share for their general operators today. */
export const QONNX_DOMAIN = "qonnx.custom_op.general";

/** What that domain was called in files of the past. */
const OLD_NAMES: ReadonlySet<string> = new Set(["finn", "finn.custom_op.general", "onnx.brevitas"]);

/** Today's name of a domain; "ai.onnx" is the default domain "". */
export function normaliseDomain(domain: string): string {
  if (OLD_NAMES.has(domain)) return QONNX_DOMAIN;
  return domain === "ai.onnx" ? "" : domain;
}
