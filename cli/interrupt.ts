/**
 * Runs work that Ctrl-C stops: the signal fires on the first SIGINT, so that the work can clean up;
 * a second one ends the program at once, as it does without us.
 */
export async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  process.once("SIGINT", stop);
  try {
    return await work(controller.signal);
  } finally {
    process.removeListener("SIGINT", stop);
  }
}
