import type { AppState, AppStore } from "../state/store";

/** Frees each picture as soon as neither the attempt nor the result on screen is of it. */
export function releasePictures(store: AppStore): () => void {
  return store.subscribe((now, before) => {
    const kept = held(now);
    for (const picture of held(before)) if (!kept.has(picture)) picture.release();
  });
}

function held({ attempt, outcome }: AppState) {
  return new Set([attempt?.picture, outcome?.picture].filter((picture) => picture !== undefined));
}
