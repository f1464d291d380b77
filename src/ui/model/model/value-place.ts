/** Where a value lies in an NHWC map: "row 3, column 0, channel 17"; in a vector, "value 17". */
export function valuePlace(index: number, shape: readonly number[] | undefined): string {
  const [, , width = 1, channels = 1] = shape ?? [];
  if (shape?.length !== 4) return `value ${index}`;
  const pixel = Math.floor(index / channels);
  return `row ${Math.floor(pixel / width)}, column ${pixel % width}, channel ${index % channels}`;
}
