import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { AppContext } from "./app-context";
import type { ConstantsSession } from "./session/constants-session";
import type { FoldingSession } from "./session/folding-session";
import type { LensSession } from "./session/lens-session";
import type { ModelSession } from "./session/model-session";
import type { Session } from "./session/session";
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
  readonly queries: QueryClient;
}

export function App({ store, session, folding, constants, lens, streaming, models, queries }: AppProps) {
  return (
    <QueryClientProvider client={queries}>
      <AppContext value={{ store, session, folding, constants, lens, streaming, models }}>
        <Shell />
      </AppContext>
    </QueryClientProvider>
  );
}
