import { QueryClient } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { browserCameras } from "./inputs/camera";
import { browserOwnModelStore } from "./models/own-model-store";
import { createRemoteClient } from "./remote/client";
import { App } from "./ui/app";
import { checkPlace } from "./ui/session/check-place";
import { createCompareSession } from "./ui/session/compare-session";
import { createConstantsSession } from "./ui/session/constants-session";
import { createFoldingSession } from "./ui/session/folding-session";
import { createLensSession } from "./ui/session/lens-session";
import { browserPage } from "./ui/session/live-page";
import { createLiveSession } from "./ui/session/live-session";
import { createModelSession } from "./ui/session/model-session";
import { releasePictures } from "./ui/session/release-pictures";
import { createSession } from "./ui/session/session";
import { createSetSession } from "./ui/session/set-session";
import { createStreamingSession } from "./ui/session/streaming-session";
import { browserRunStore } from "./ui/sets/run/run-store";
import { syncLink } from "./ui/state/link-sync";
import { stopPlayingElsewhere } from "./ui/state/stop-playing";
import { createAppStore } from "./ui/state/store";
import { keepSettings } from "./ui/state/stored-settings";
import { createCompilerClient } from "./workers/compiler-client";
import { createEmulatorClient } from "./workers/emulator-client";
import { createHardwareClient } from "./workers/hardware-client";

const store = createAppStore();
const manifestUrl = new URL("models/mobilenetv1-w4a4/manifest.json", document.baseURI).href;
const session = createSession({ client: createEmulatorClient(), store, manifestUrl });
const hardware = createHardwareClient();
const folding = createFoldingSession({ client: hardware, store, manifestUrl });
const constants = createConstantsSession({ client: hardware, store, manifestUrl });
const lens = createLensSession({ client: hardware, store, manifestUrl });
const streaming = createStreamingSession({ client: hardware, store, manifestUrl });

const kept = browserOwnModelStore();
const models = createModelSession({ client: createCompilerClient(), store, session, kept, manifestUrl });
const queries = new QueryClient({ defaultOptions: { queries: { refetchOnWindowFocus: false } } });
const remote = createRemoteClient();
const live = createLiveSession({ session, store, cameras: browserCameras, page: browserPage });
const compare = createCompareSession({ store, session, remote, queries, live });
const sets = createSetSession({ store, session, remote, runs: browserRunStore() });

keepSettings(store);
releasePictures(store);
stopPlayingElsewhere(store);
syncLink(store, window);
checkPlace(store);
store.subscribe(({ engine }, before) => {
  if (engine !== before.engine) void session.load();
});
// Before anything is loaded or drawn: all views begin with the model that was in use.
store.getState().setOwnModel(await kept.get());
void session.load();

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <App
      store={store}
      session={session}
      folding={folding}
      constants={constants}
      lens={lens}
      streaming={streaming}
      models={models}
      live={live}
      remote={remote}
      compare={compare}
      sets={sets}
      queries={queries}
    />
  </StrictMode>,
);
