import { type RefObject, useEffect, useRef } from "react";
import { type ViewId, viewNames } from "../views";

export interface ViewChangeProps {
  readonly view: ViewId;
  readonly main: RefObject<HTMLElement | null>;
}

/**
 * When another view comes, the window's title says so and the focus goes to the view's heading:
 * the keyboard goes on from there, and a screen reader reads it. The view that one begins with
 * takes no focus, nor does one that the guided tour shows: its panel is read then. Stands beside the view, so that its effect runs when the view is there.
 */
export function ViewChange({ view, main }: ViewChangeProps) {
  const before = useRef(view);
  useEffect(() => {
    document.title = `${viewNames[view]} – Streamscope`;
    if (before.current === view) return;
    before.current = view;
    if (document.activeElement?.closest("[data-tour-panel]")) return;
    const heading = main.current?.querySelector<HTMLElement>("h2") ?? main.current;
    if (heading && !heading.hasAttribute("tabindex")) heading.tabIndex = -1;
    heading?.focus();
  }, [view, main]);
  return null;
}
