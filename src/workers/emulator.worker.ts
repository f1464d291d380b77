import * as Comlink from "comlink";
import { EmulatorService } from "./emulator-service";
import { holdLifeLock } from "./liveness";

/** The page names the worker after its life lock. */
void holdLifeLock(self.name).then(() => {
  Comlink.expose(new EmulatorService());
  self.postMessage("ready");
});
