/** Marks what a step is about, for the style sheet. */
export const targetMark = "data-tour-target";

/** What shows that the user has taken the page into their own hands. */
const hands = ["wheel", "touchmove", "pointerdown", "keydown"] as const;

/**
 * Marks the element of the view that a selector names, now or as soon as it is there, and brings it
 * on screen. It is kept there while the view around it grows, until the user moves the page
 * themselves. Returns the way to stop.
 */
export function followTarget(selector: string): () => void {
  const main = document.querySelector("main");
  if (!main) return () => {};
  let marked: Element | null = null;
  let isFree = false;

  const reveal = () => {
    if (marked && !isFree) bringOnScreen(marked);
  };
  const update = () => {
    const found = main.querySelector(selector);
    if (found === marked) return;
    marked?.removeAttribute(targetMark);
    found?.setAttribute(targetMark, "");
    marked = found;
    reveal();
  };
  const free = () => {
    isFree = true;
  };

  const changes = new MutationObserver(update);
  changes.observe(main, { childList: true, subtree: true });
  const sizes = new ResizeObserver(reveal);
  sizes.observe(main);
  for (const event of hands) addEventListener(event, free, { passive: true });
  update();
  return () => {
    changes.disconnect();
    sizes.disconnect();
    for (const event of hands) removeEventListener(event, free);
    marked?.removeAttribute(targetMark);
  };
}

/** What is higher than the room above the panel is shown from its top. */
export function bringOnScreen(element: Element): void {
  const { scrollPaddingBottom } = getComputedStyle(document.documentElement);
  const room = innerHeight - (Number.parseFloat(scrollPaddingBottom) || 0);
  const fits = element.getBoundingClientRect().height < room;
  element.scrollIntoView({ block: fits ? "center" : "start", inline: "nearest" });
}
