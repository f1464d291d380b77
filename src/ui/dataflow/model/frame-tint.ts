/** Tints that frames take in turn. */
export const frameTints = 4;

/** The tint, from 0, of a frame, from 0: neighbours differ. */
export const tintOf = (frame: number): number => frame % frameTints;
