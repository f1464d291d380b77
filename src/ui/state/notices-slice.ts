import type { StateCreator } from "zustand";

/** A line for the user that asks for nothing: a link half understood, a GPU set up again. */
interface Notice {
  readonly id: number;
  readonly text: string;
}

export interface NoticesSlice {
  readonly notices: readonly Notice[];
  /** Adds a line; a line that is already there is not said twice. */
  notify(text: string): void;
  dismiss(id: number): void;
  /** Takes a line back that is no longer so. */
  retract(text: string): void;
}

let nextId = 1;

export const noticesSlice: StateCreator<NoticesSlice> = (set) => ({
  notices: [],
  notify: (text) =>
    set(({ notices }) =>
      notices.some((notice) => notice.text === text)
        ? { notices }
        : { notices: [...notices, { id: nextId++, text }] },
    ),
  retract: (text) => set(({ notices }) => ({ notices: notices.filter((notice) => notice.text !== text) })),
  dismiss: (id) => set(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
});
