import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { RemoteClient } from "../remote/endpoint";
import type { CompareSession } from "./session/compare-session";
import type { ConstantsSession } from "./session/constants-session";
import type { FoldingSession } from "./session/folding-session";
import type { LensSession } from "./session/lens-session";
import type { LiveSession } from "./session/live-session";
import type { ModelSession } from "./session/model-session";
import type { Session } from "./session/session";
import type { SetSession } from "./session/set-session";
import type { StreamingSession } from "./session/streaming-session";
import type { AppState, AppStore } from "./state/store";

/** What components need of the app: its state, and what the user can do. */
export interface AppContextValue {
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
}

export const AppContext = createContext<AppContextValue | null>(null);

function useApp(): AppContextValue {
  const app = useContext(AppContext);
  if (!app) throw new Error("a component of the app is used outside of it");
  return app;
}

export const useSession = (): Session => useApp().session;

export const useFoldingSession = (): FoldingSession => useApp().folding;

export const useConstantsSession = (): ConstantsSession => useApp().constants;

export const useLensSession = (): LensSession => useApp().lens;

export const useStreamingSession = (): StreamingSession => useApp().streaming;

export const useLiveSession = (): LiveSession => useApp().live;

export const useModelSession = (): ModelSession => useApp().models;

export const useRemoteClient = (): RemoteClient => useApp().remote;

export const useCompareSession = (): CompareSession => useApp().compare;

export const useSetSession = (): SetSession => useApp().sets;

/** For work that goes on between renders, such as drawing. */
export const useAppStore = (): AppStore => useApp().store;

/** A part of the state; the component renders again when this part changes. */
export function useAppState<T>(select: (state: AppState) => T): T {
  return useStore(useApp().store, select);
}
