import type { Output } from "./output";

/** Work that tells which share of it is done, from 0 to 1. */
type Work<T> = (onProgress: (share: number) => void) => Promise<T>;

/** Shows how far some long work is, where somebody watches; the line goes when the work ends. */
export async function withProgress<T>(output: Output, label: string, work: Work<T>): Promise<T> {
  let shown = "";
  const show = (text: string) => {
    if (text !== shown) output.progress?.(text);
    shown = text;
  };
  try {
    return await work((share) => show(`${label} ${Math.floor(share * 100)} %`));
  } finally {
    show("");
  }
}
