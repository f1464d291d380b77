import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { AppContext } from "./app-context";
import type { Session } from "./session/session";
import { Shell } from "./shell/shell";
import type { AppStore } from "./state/store";
import "./theme/tokens.css";
import "./theme/base.css";

export interface AppProps {
  readonly store: AppStore;
  readonly session: Session;
  readonly queries: QueryClient;
}

export function App({ store, session, queries }: AppProps) {
  return (
    <QueryClientProvider client={queries}>
      <AppContext value={{ store, session }}>
        <Shell />
      </AppContext>
    </QueryClientProvider>
  );
}
