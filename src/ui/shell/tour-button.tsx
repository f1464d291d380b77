import { useEffect, useRef } from "react";
import { Button } from "react-aria-components/Button";
import { useAppState } from "../app-context";
import "./header-button.css";
import "./tour-button.css";

/** The way into the guided tour, and back to where it was left. */
export function TourButton() {
  const step = useAppState((state) => state.tourStep);
  const left = useAppState((state) => state.tourLeft);
  const goTo = useAppState((state) => state.goToTourStep);
  const leave = useAppState((state) => state.leaveTour);
  const button = useRef<HTMLButtonElement>(null);
  const isOn = step !== null;
  const wasOn = useRef(isOn);
  useEffect(() => {
    // The panel that had the focus is gone.
    if (wasOn.current && !isOn && document.activeElement === document.body) button.current?.focus();
    wasOn.current = isOn;
  }, [isOn]);
  const verb = isOn ? "Skip" : left ? "Resume" : "Take";
  return (
    <Button
      ref={button}
      className="header-button tour-button"
      onPress={() => (isOn ? leave() : goTo(left ?? 1))}
    >
      <span className="tour-button__verb">{verb} the </span>tour
    </Button>
  );
}
