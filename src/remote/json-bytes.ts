/** The most characters of a byte in a JSON list: three digits and a comma. */
export const mostCharacters = 4;

const comma = 0x2c;

/** The digits of each byte, as ASCII. */
const digits = Array.from({ length: 256 }, (_, byte) => new TextEncoder().encode(String(byte)));
const digitCounts = Uint8Array.from(digits, ({ length }) => length);

/**
 * `before`, the bytes as decimal numbers with commas between, and `after`, as UTF-8. For lists that are
 * too long to be made by way of JavaScript's numbers and strings while a page waits.
 */
export function jsonWithBytes(before: string, bytes: Uint8Array, after: string): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(before);
  const tail = new TextEncoder().encode(after);
  let length = head.length + Math.max(0, bytes.length - 1) + tail.length;
  for (let i = 0; i < bytes.length; i++) length += digitCounts[bytes[i]!]!;
  const text = new Uint8Array(length);
  text.set(head);
  let at = head.length;
  for (let i = 0; i < bytes.length; i++) {
    if (i > 0) text[at++] = comma;
    const number = digits[bytes[i]!]!;
    for (let digit = 0; digit < number.length; digit++) text[at++] = number[digit]!;
  }
  text.set(tail, at);
  return text;
}
