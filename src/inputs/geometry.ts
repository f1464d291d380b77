/** A size in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A rectangle in pixels, from the top left corner of a picture. */
export interface Rectangle extends Size {
  readonly left: number;
  readonly top: number;
}
