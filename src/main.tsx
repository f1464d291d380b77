import { QueryClient } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { browserOwnModelStore } from "./models/own-model-store";
import { App } from "./ui/app";
import { checkPlace } from "./ui/session/check-place";
import { createConstantsSession } from "./ui/session/constants-session";
import { createFoldingSession } from "./ui/session/folding-session";
import { createLensSession } from "./ui/session/lens-session";
import { createModelSession } from "./ui/session/model-session";
import { releasePictures } from "./ui/session/release-pictures";
import { createSession } from "./ui/session/session";
import { createStreamingSession } from "./ui/session/streaming-session";
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

const queries = new QueryClient({ defaultOptions: { queries: { refetchOnWindowFocus: false } } });
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
      queries={queries}
    />
  </StrictMode>,
);
