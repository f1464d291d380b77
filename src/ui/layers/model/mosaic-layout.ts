/** Tiles of one size, row by row, with a gap between them. In pixels of the map. */
export interface MosaicLayout {
  readonly columns: number;
  readonly rows: number;
  readonly gap: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly tiles: number;
  /** Of the whole. */
  readonly width: number;
  readonly height: number;
}

/** Lays tiles out so that the whole comes close to `aspect` (width to height). */
export function mosaicLayout(
  tiles: number,
  tileWidth: number,
  tileHeight: number,
  aspect = 1.4,
): MosaicLayout {
  // Between maps of one pixel a gap would be as wide as they are.
  const gap = Math.min(tileWidth, tileHeight) > 1 ? 1 : 0;
  const [across, down] = [tileWidth + gap, tileHeight + gap];
  const columns = Math.min(tiles, Math.max(1, Math.round(Math.sqrt((tiles * aspect * down) / across))));
  const rows = Math.ceil(tiles / columns);
  return {
    columns,
    rows,
    gap,
    tileWidth,
    tileHeight,
    tiles,
    width: columns * across - gap,
    height: rows * down - gap,
  };
}

/** The upper left corner of a tile. */
export function tileCorner(
  { columns, gap, tileWidth, tileHeight }: MosaicLayout,
  tile: number,
): { readonly x: number; readonly y: number } {
  return { x: (tile % columns) * (tileWidth + gap), y: Math.floor(tile / columns) * (tileHeight + gap) };
}

/** The tile at a point; a gap belongs to the tile before it. Null beside all tiles. */
export function tileAt(
  { columns, gap, tileWidth, tileHeight, tiles, width, height }: MosaicLayout,
  x: number,
  y: number,
): number | null {
  if (x < 0 || y < 0 || x >= width || y >= height) return null;
  const tile = Math.floor(y / (tileHeight + gap)) * columns + Math.floor(x / (tileWidth + gap));
  return tile < tiles ? tile : null;
}
