/** The numbers of an edge by their position in its tensor, channels fastest. */
export type Values = (index: number) => number;
