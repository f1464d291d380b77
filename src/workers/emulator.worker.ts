import * as Comlink from "comlink";
import { EmulatorService } from "./emulator-service";
import { holdLifeLock } from "./liveness";

/** The page names the worker after its life lock. */
holdLifeLock(self.name)
  .then(() => {
    Comlink.expose(new EmulatorService());
    self.postMessage("ready");
  })
  // A rejection alone would not reach the page, which waits for "ready".
  .catch((error) => self.reportError(error));
