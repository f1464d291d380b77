/** The most characters of a server's own words that a sentence quotes. */
const maxQuote = 200;

/**
 * What a server says of its refusal, as plain text in one line: the protocol's `{"error": "..."}`,
 * the `{"detail": "..."}` of Python frameworks, or a short text. Empty for web pages and for nothing.
 */
export function serverWords(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  const words = fromJson(text) ?? (/^\s*[<{[]/.test(text) ? "" : text);
  // Control characters, and those that turn the direction of text around, have no place in a sentence.
  const plain = words
    .replace(/[\p{Cc}\p{Cf}\p{Co}\s]+/gu, " ")
    .replaceAll("\ufffd", "")
    .trim();
  const characters = [...plain];
  return characters.length > maxQuote ? `${characters.slice(0, maxQuote).join("")}…` : plain;
}

function fromJson(text: string): string | null {
  try {
    const { error, detail } = Object(JSON.parse(text));
    return [error, detail].find((words) => typeof words === "string") ?? null;
  } catch {
    return null;
  }
}
