/**
 * Does long work on the page a few steps at a time, so that input and pictures come between.
 *
 * @param steps yields wherever it may be interrupted
 * @param done gets what comes out
 * @param sliceMs after so long the page has its turn
 * @returns the way to give it up
 */
export function inSlices<T>(
  steps: Generator<void, T>,
  done: (result: T) => void,
  { sliceMs = 6 }: { readonly sliceMs?: number } = {},
): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const slice = () => {
    const end = performance.now() + sliceMs;
    do {
      const step = steps.next();
      if (step.done) return done(step.value);
    } while (performance.now() < end);
    timer = setTimeout(slice);
  };
  timer = setTimeout(slice);
  return () => clearTimeout(timer);
}
