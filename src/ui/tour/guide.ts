import type { FoldingEdit } from "../../hardware/edit-folding";
import type { FoldingSession } from "../session/folding-session";
import { type FoldedDesign, shownDesign } from "../state/folding-slice";
import type { AppState, AppStore } from "../state/store";
import { tourSteps } from "./steps";
import { factSources, factsOf, type TourFacts } from "./tour-facts";
import type { Looks, TourStep } from "./tour-step";

export interface GuideOptions {
  readonly store: AppStore;
  readonly folding: Pick<FoldingSession, "edit" | "undo">;
  /** False where motion is reduced: then nothing plays by itself. */
  readonly plays: boolean;
}

/** Drives the views through the tour. */
export interface Guide {
  /**
   * From now on the views follow `tourStep`, until the returned function is called: that shows again
   * what the user looked at before, except what they changed themselves meanwhile.
   */
  start(): () => void;
  /** Does what a step proposes to try. It is taken back when the step is left. */
  edit(edit: FoldingEdit): void;
}

export function createGuide({ store, folding, plays }: GuideOptions): Guide {
  let editing: Promise<FoldedDesign | null> | null = null;

  function start(): () => void {
    const before = looksOf(store.getState());
    /** What the tour set last and nobody has changed since. */
    const placed = new Set<keyof Looks>();
    let isPlacing = false;
    let step: TourStep | null = null;
    /** The state in which the step was wholly on screen. */
    let entry: AppState | null = null;

    function place(looks: Partial<Looks>): void {
      const { playing, ...rest } = looks;
      const wanted = playing === undefined ? rest : { ...rest, playing: playing && plays };
      for (const name of Object.keys(wanted)) placed.add(name as keyof Looks);
      isPlacing = true;
      setLooks(store, wanted);
      isPlacing = false;
    }

    function enter(next: TourStep): void {
      takeBack();
      step = next;
      entry = null;
      const facts = factsOf(factSources(store.getState()));
      place({ view: next.view, ...next.looks(facts) });
      if (isThere(next, facts)) entry = store.getState();
    }

    function follow(now: AppState, last: AppState): void {
      if (isPlacing) return;
      if (now.ownModel !== last.ownModel) placed.clear();
      for (const name of changedByUser(now, last)) {
        // Until a step is wholly on screen, its view may choose a node by itself.
        if (name === "node" && step?.view === now.view && !entry) placed.add(name);
        else placed.delete(name);
      }
      if (now.tourStep === null) return;
      if (now.tourStep !== last.tourStep) {
        const next = tourSteps[now.tourStep - 1];
        if (next) enter(next);
        return;
      }
      // Another design is another simulation: the step is entered once more when that is there.
      if (step?.needs === "simulation" && entry && shownDesign(now) !== shownDesign(entry)) entry = null;
      if (step && !entry) {
        const facts = factsOf(factSources(now));
        if (!isThere(step, facts)) return;
        place(step.looks(facts));
        entry = store.getState();
      } else if (step && entry && !now.tourTried && step.trial.isDone(now, entry)) {
        now.setTourTried();
      }
    }

    const { tourStep } = store.getState();
    const unsubscribe = store.subscribe(follow);
    const first = tourSteps[(tourStep ?? 0) - 1];
    if (first) enter(first);
    return () => {
      unsubscribe();
      takeBack();
      // The link may say just what the tour showed: then nothing has changed, and yet it is the user's wish.
      if (store.getState().tourLeftForLink) for (const name of saidByLinks) placed.delete(name);
      setLooks(store, Object.fromEntries([...placed].map((name) => [name, before[name]])));
    };
  }

  /** Undoes the tour's own edit, unless the user has gone on from it. */
  function takeBack(): void {
    const edited = editing;
    editing = null;
    void edited?.then(async (made) => {
      if (made && shownDesign(store.getState()) === made) await folding.undo();
    });
  }

  function edit(change: FoldingEdit): void {
    const was = shownDesign(store.getState());
    editing = folding.edit(change).then(() => {
      const made = shownDesign(store.getState());
      return made === was ? null : made;
    });
  }

  return { start, edit };
}

/** A link says all of these, if only by leaving them out. */
const saidByLinks = [
  "view",
  "node",
  "channel",
  "block",
  "cycle",
  "playing",
] as const satisfies readonly (keyof Looks)[];

function looksOf({ view, node, channel, block, cycle, playing, speed }: AppState): Looks {
  return { view, node, channel, block, cycle, playing, speed };
}

/** Through the setters, which hold values within what there is. */
function setLooks(store: AppStore, looks: Partial<Looks>): void {
  const { setView, selectNode, setChannel, setBlock, setPlaying, setSpeed, setCycle } = store.getState();
  if (looks.playing === false) setPlaying(false);
  if (looks.block !== undefined) setBlock(looks.block);
  if (looks.node !== undefined) selectNode(looks.node);
  if (looks.channel !== undefined) setChannel(looks.channel);
  if (looks.view !== undefined) setView(looks.view);
  if (looks.speed !== undefined) setSpeed(looks.speed);
  if (looks.cycle !== undefined) setCycle(looks.cycle);
  if (looks.playing) setPlaying(true);
}

/** The cycle also moves by itself: while it plays, and when the simulation is another. */
function changedByUser(now: AppState, before: AppState): readonly (keyof Looks)[] {
  const [is, was] = [looksOf(now), looksOf(before)];
  const names = Object.keys(is) as (keyof Looks)[];
  const movesItself = before.playing || now.streaming !== before.streaming;
  return names.filter((name) => is[name] !== was[name] && !(name === "cycle" && movesItself));
}

function isThere({ needs }: TourStep, { design, pipeline }: TourFacts): boolean {
  return needs === "nothing" || (needs === "design" && design !== null) || pipeline !== null;
}
