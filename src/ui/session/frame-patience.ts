export interface FramePatience {
  /** A request for a frame went out. */
  begin(): void;
  /** It was answered, or failed. Heard once for each; more is nothing. */
  end(): void;
  /**
   * Settles with what is given, or as soon as the request is late. Undefined from a late request on
   * until one is over in time: then nothing is held.
   */
  hold(answered: Promise<void>): Promise<void> | undefined;
  /** What is held is let go, and what was late is forgotten. */
  reset(): void;
}

/**
 * Lets frames wait for a request, but only so long: an endpoint that is silent or slow does not stop
 * what goes on beside it.
 * @param onLate hears when a request is late, and when one is in time again
 */
export function framePatience(ms: number, onLate: (isLate: boolean) => void): FramePatience {
  /** Runs from a request's beginning until it is over or late. */
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isLate = false;
  let release = () => {};

  function tell(late: boolean): void {
    if (late === isLate) return;
    isLate = late;
    onLate(late);
  }

  function stopTimer(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  }

  return {
    begin() {
      stopTimer();
      timer = setTimeout(() => {
        timer = null;
        tell(true);
        release();
      }, ms);
    },
    end() {
      const isInTime = timer !== null;
      stopTimer();
      if (isInTime) tell(false);
    },
    hold(answered) {
      if (isLate) return undefined;
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      return Promise.race([answered, released]);
    },
    reset() {
      stopTimer();
      tell(false);
      release();
    },
  };
}
