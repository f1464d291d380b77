import type { StateCreator } from "zustand";

/** Steps of the guided tour. They are not part of the first visit, so their number stands here. */
export const tourLength = 12;

/** Where the user is in the guided tour. Steps count from 1, as in links. */
export interface TourSlice {
  /** The step on screen; null while there is no tour. */
  readonly tourStep: number | null;
  /** Where the tour goes on when it is taken up again; null: it was not begun, or came to its end. */
  readonly tourLeft: number | null;
  /** Was it left for a link, so that what is on screen is what the user asked for? */
  readonly tourLeftForLink: boolean;
  /** Was done what the step on screen proposes to try? */
  readonly tourTried: boolean;
  /** Begins the tour there, or goes on. Numbers beyond the ends mean the ends. */
  goToTourStep(step: number): void;
  /** Leaves the tour, to take it up again some time. */
  leaveTour(): void;
  /** Leaves the tour because a link says what to look at. */
  leaveTourForLink(): void;
  /** Leaves the tour after its last step. */
  finishTour(): void;
  setTourLeft(step: number | null): void;
  setTourTried(): void;
}

export const tourSlice: StateCreator<TourSlice> = (set) => ({
  tourStep: null,
  tourLeft: null,
  tourLeftForLink: false,
  tourTried: false,
  goToTourStep: (step) => {
    const tourStep = Math.max(1, Math.min(tourLength, Math.floor(step)));
    set({ tourStep, tourLeft: tourStep, tourLeftForLink: false, tourTried: false });
  },
  leaveTour: () => set({ tourStep: null, tourTried: false }),
  leaveTourForLink: () => set({ tourStep: null, tourLeftForLink: true, tourTried: false }),
  finishTour: () => set({ tourStep: null, tourLeft: null, tourTried: false }),
  setTourLeft: (tourLeft) => set({ tourLeft }),
  setTourTried: () => set({ tourTried: true }),
});
