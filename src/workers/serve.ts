import * as Comlink from "comlink";
import { holdLifeLock } from "./liveness";

/** In the worker: answers the page's calls with `service`. The page named the worker after its life lock. */
export function serve(service: object): void {
  holdLifeLock(self.name)
    .then(() => {
      Comlink.expose(service);
      self.postMessage("ready");
    })
    // A rejection alone would not reach the page, which waits for "ready".
    .catch((error) => self.reportError(error));
}
