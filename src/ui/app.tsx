import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { RemoteClient } from "../remote/endpoint";
import { AppContext } from "./app-context";
import type { CompareSession } from "./session/compare-session";
import type { ConstantsSession } from "./session/constants-session";
import type { FoldingSession } from "./session/folding-session";
import type { LensSession } from "./session/lens-session";
import type { LiveSession } from "./session/live-session";
import type { ModelSession } from "./session/model-session";
import type { Session } from "./session/session";
import type { SetSession } from "./session/set-session";
import type { StreamingSession } from "./session/streaming-session";
import { Shell } from "./shell/shell";
import type { AppStore } from "./state/store";
import "./theme/tokens.css";
import "./theme/base.css";
import "./theme/print.css";

export interface AppProps {
  readonly store: AppStore;
  readonly session: Session;
  readonly folding: FoldingSession;
  readonly constants: ConstantsSession;
  readonly lens: LensSession;
  readonly streaming: StreamingSession;
  readonly models: ModelSession;
  readonly live: LiveSession;
  readonly remote: RemoteClient;
  readonly compare: CompareSession;
  readonly sets: SetSession;
  readonly queries: QueryClient;
}

export function App({
  store,
  session,
  folding,
  constants,
  lens,
  streaming,
  models,
  live,
  remote,
  compare,
  sets,
  queries,
}: AppProps) {
  return (
    <QueryClientProvider client={queries}>
      <AppContext
        value={{ store, session, folding, constants, lens, streaming, models, live, remote, compare, sets }}
      >
        <Shell />
      </AppContext>
    </QueryClientProvider>
  );
}
