/** What a body may have, and who hears how much of it has come. */
export interface ReadBodyOptions {
  readonly maxBytes: number;
  /** The error to throw for more than `maxBytes`. */
  readonly tooLarge: () => Error;
  readonly onReceived: (bytes: number) => void;
}

/** Reads a response into memory, and no more of it than is allowed, whatever the server says. */
export async function readBody(
  response: Response,
  { maxBytes, tooLarge, onReceived }: ReadBodyOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  if (!reader) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let received = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    received += value.length;
    if (received > maxBytes) {
      await reader.cancel();
      throw tooLarge();
    }
    chunks.push(value);
    onReceived(received);
  }
  const bytes = new Uint8Array(received);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
