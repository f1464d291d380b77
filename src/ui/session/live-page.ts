/** What the live session needs of the page around it. Times are milliseconds, as `performance.now()`. */
export interface LivePage {
  now(): number;
  /** Does something after a while, unless the returned function is called before. */
  after(ms: number, action: () => void): () => void;
  isHidden(): boolean;
  onVisibilityChange(listener: () => void): void;
  /** The time when what was changed before the call has been painted. Waits while the page is hidden. */
  painted(): Promise<number>;
}

export const browserPage: LivePage = {
  now: () => performance.now(),
  after(ms, action) {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
  isHidden: () => document.hidden,
  onVisibilityChange: (listener) => document.addEventListener("visibilitychange", listener),
  painted: () =>
    new Promise((resolve) => {
      // A message that is sent in a frame arrives when the frame is painted.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          port1.close();
          resolve(performance.now());
        };
        port2.postMessage(null);
      });
    }),
};
