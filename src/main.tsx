import { QueryClient } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./ui/app";
import { releasePictures } from "./ui/session/release-pictures";
import { createSession } from "./ui/session/session";
import { syncLink } from "./ui/state/link-sync";
import { createAppStore } from "./ui/state/store";
import { keepTheme } from "./ui/state/stored-theme";
import { createEmulatorClient } from "./workers/emulator-client";

const store = createAppStore();
const session = createSession({
  client: createEmulatorClient(),
  store,
  manifestUrl: new URL("models/mobilenetv1-w4a4/manifest.json", document.baseURI).href,
});

keepTheme(store);
releasePictures(store);
syncLink(store, window);
store.subscribe(({ engine }, before) => {
  if (engine !== before.engine) void session.load();
});
void session.load();

const queries = new QueryClient({ defaultOptions: { queries: { refetchOnWindowFocus: false } } });
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <App store={store} session={session} queries={queries} />
  </StrictMode>,
);
