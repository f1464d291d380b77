/** What was read of a body: all of it, or only as much as was allowed. */
export interface Body {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly whole: boolean;
}

/** Reads at most `maxBytes` of a response and hangs up on the rest, so that an endless one ends. */
export async function readBody(response: Response, maxBytes: number): Promise<Body> {
  const reader = response.body?.getReader();
  if (!reader) return { bytes: new Uint8Array(), whole: true };
  const chunks: Uint8Array[] = [];
  let length = 0;
  let whole = true;
  while (whole) {
    const { done, value } = await reader.read();
    if (done) break;
    whole = length + value.length <= maxBytes;
    const kept = whole ? value : value.subarray(0, maxBytes - length);
    chunks.push(kept);
    length += kept.length;
  }
  if (!whole) await reader.cancel();
  return { bytes: concatenate(chunks), whole };
}

/** The bytes of all parts, one after the other. */
export function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
