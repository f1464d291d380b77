/** Runs work as it comes, at most so many at once; the others wait in their order. */
export function limiter(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      // The place goes over to the next, so that none can slip in between.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
