import { type KeyboardEvent, type RefObject, useLayoutEffect } from "react";

const numbers = (panel: HTMLElement) => [...panel.querySelectorAll<HTMLElement>(".num")];

/**
 * Makes the numbers of a panel one stop of the tab order. Arrow keys go to the nearest number in their
 * direction, Home and End to the first and last. Returns the panel's key handler.
 */
export function useRovingNumbers(ref: RefObject<HTMLElement | null>): (event: KeyboardEvent) => void {
  // Numbers come and go with every cycle; one of them has to stay in the tab order.
  useLayoutEffect(() => {
    const panel = ref.current;
    if (!panel) return;
    const all = numbers(panel);
    const current =
      all.find((number) => number === document.activeElement) ?? all.find(({ tabIndex }) => tabIndex === 0);
    for (const number of all) number.tabIndex = number === (current ?? all[0]) ? 0 : -1;
  });
  return (event) => {
    const panel = ref.current;
    const from = document.activeElement;
    if (!panel || !(from instanceof HTMLElement) || !from.classList.contains("num")) return;
    const all = numbers(panel);
    const to = target(event.key, from, all);
    if (!to) return;
    event.preventDefault();
    for (const number of all) number.tabIndex = number === to ? 0 : -1;
    to.focus();
  };
}

function target(key: string, from: HTMLElement, all: readonly HTMLElement[]): HTMLElement | null {
  const at = all.indexOf(from);
  switch (key) {
    case "Home":
      return all[0] ?? null;
    case "End":
      return all.at(-1) ?? null;
    case "ArrowRight":
      return all[at + 1] ?? null;
    case "ArrowLeft":
      return all[at - 1] ?? null;
    case "ArrowDown":
      return nearest(from, all, 1);
    case "ArrowUp":
      return nearest(from, all, -1);
    default:
      return null;
  }
}

/** The number of the next line above or below that stands most nearly in the same column. */
function nearest(from: HTMLElement, all: readonly HTMLElement[], direction: 1 | -1): HTMLElement | null {
  const here = from.getBoundingClientRect();
  let best: HTMLElement | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const other of all) {
    const there = other.getBoundingClientRect();
    const down = (there.top - here.top) * direction;
    if (down < here.height / 2) continue;
    const distance = down * 4 + Math.abs(there.left - here.left);
    if (distance < least) [best, least] = [other, distance];
  }
  return best;
}
