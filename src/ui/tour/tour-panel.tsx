import { useEffect, useMemo, useRef, useState } from "react";
import { Button } from "react-aria-components/Button";
import { useShallow } from "zustand/react/shallow";
import { useAppState, useAppStore, useFoldingSession } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { useKeys } from "../kit/keys/use-keys";
import { tourLength } from "../state/tour-slice";
import { bringOnScreen, followTarget, targetMark } from "./follow-target";
import { createGuide, type Guide } from "./guide";
import { tourSteps } from "./steps";
import { factSources, factsOf, type TourFacts } from "./tour-facts";
import type { TourStep } from "./tour-step";
import "./tour-panel.css";

/** The guided tour: docked under the view that it speaks of, which stays in use. */
export function TourPanel() {
  const store = useAppStore();
  const folding = useFoldingSession();
  const [guide] = useState(() => {
    const plays = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    return createGuide({ store, folding, plays });
  });
  const number = useAppState((state) => state.tourStep) ?? 1;
  const step = tourSteps[number - 1];
  useEffect(() => guide.start(), [guide]);
  return step ? <Step key={number} number={number} step={step} guide={guide} /> : null;
}

interface StepProps {
  readonly number: number;
  readonly step: TourStep;
  readonly guide: Guide;
}

function Step({ number, step, guide }: StepProps) {
  const panel = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const sources = useAppState(useShallow(factSources));
  const facts = useMemo(() => factsOf(sources), [sources]);
  const goTo = useAppState((state) => state.goToTourStep);
  const leave = useAppState((state) => state.leaveTour);
  const finish = useAppState((state) => state.finishTour);
  const { selector, name } = step.target(facts);
  const isLast = number === tourLength;
  const next = () => (isLast ? finish() : goTo(number + 1));
  const back = () => goTo(number - 1);

  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useScrollPadding(panel);
  useEffect(() => followTarget(selector), [selector]);
  useKeys(
    [
      { keys: "N", does: isLast ? "End the tour" : "Next step", action: next },
      ...(number > 1 ? [{ keys: "B", does: "Step back", action: back }] : []),
    ],
    "Tour",
  );

  return (
    <section ref={panel} className="tour" aria-labelledby="tour-heading" data-tour-panel>
      <div className="tour__inner">
        <div className="tour__words">
          <h2 ref={heading} id="tour-heading" className="tour__heading" tabIndex={-1}>
            <span className="tour__count">
              {number} of {tourLength}
              <span className="visually-hidden"> of the tour:</span>
            </span>{" "}
            {step.title}
          </h2>
          <p className="tour__text">{step.text(facts)}</p>
        </div>
        <Trial step={step} facts={facts} guide={guide} />
        <div className="tour__buttons">
          <Button className="tour__quiet" onPress={leave}>
            Skip the tour
          </Button>
          <Button className="tour__quiet" onPress={goToTarget}>
            Go to {name}
          </Button>
          <span className="tour__steps">
            <ActionButton isDisabled={number === 1} onPress={back}>
              Back
            </ActionButton>
            <ActionButton primary onPress={next}>
              {isLast ? "End" : "Next"}
            </ActionButton>
          </span>
        </div>
      </div>
    </section>
  );
}

interface TrialProps {
  readonly step: TourStep;
  readonly facts: TourFacts;
  readonly guide: Guide;
}

/** What can be tried, and whether it was. */
function Trial({ step: { trial }, facts, guide }: TrialProps) {
  const isTried = useAppState((state) => state.tourTried);
  // The words stay those of the state in which it was proposed.
  const [proposal, setProposal] = useState(() => trial.text(facts));
  const edit = trial.edit?.(facts);
  if (!isTried && proposal !== trial.text(facts)) setProposal(trial.text(facts));
  const result = trial.result?.(facts);
  return (
    <div className="tour__trial" data-done={isTried || undefined}>
      <p>
        <strong>Try:</strong> {proposal}
        {edit && !isTried && (
          <>
            {" "}
            <Button className="tour__quiet" onPress={() => guide.edit(edit)}>
              Do it for me
            </Button>
          </>
        )}
      </p>
      <p role="status" className="tour__done">
        {isTried && `Done.${result ? ` ${result}` : ""}`}
      </p>
    </div>
  );
}

/** Leads the focus to what the step is about. */
function goToTarget(): void {
  const target = document.querySelector<HTMLElement>(`[${targetMark}]`);
  if (!target) return;
  bringOnScreen(target);
  if (target.tabIndex < 0) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

/** Keeps what is scrolled to, and what gets the focus, out from under the panel. */
function useScrollPadding(panel: React.RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { style } = document.documentElement;
    const observer = new ResizeObserver(() => {
      style.scrollPaddingBottom = `${panel.current?.offsetHeight ?? 0}px`;
    });
    if (panel.current) observer.observe(panel.current);
    return () => {
      observer.disconnect();
      style.removeProperty("scroll-padding-bottom");
    };
  }, [panel]);
}
