import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { Session } from "./session/session";
import type { AppState, AppStore } from "./state/store";

/** What components need of the app: its state, and what the user can do. */
export interface AppContextValue {
  readonly store: AppStore;
  readonly session: Session;
}

export const AppContext = createContext<AppContextValue | null>(null);

function useApp(): AppContextValue {
  const app = useContext(AppContext);
  if (!app) throw new Error("a component of the app is used outside of it");
  return app;
}

export const useSession = (): Session => useApp().session;

/** A part of the state; the component renders again when this part changes. */
export function useAppState<T>(select: (state: AppState) => T): T {
  return useStore(useApp().store, select);
}
