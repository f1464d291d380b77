/**
 * Can photos be shown to a network? It then takes square RGB pictures of bytes.
 * @param shape of its input, N first, C last
 * @param datatype of its input, by FINN's name
 */
export function takesPhotos(shape: readonly number[], datatype: string): boolean {
  const [, height, width, channels] = shape;
  return shape.length === 4 && height === width && channels === 3 && datatype === "UINT8";
}
