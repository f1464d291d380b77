import { useEffect, useRef, useState } from "react";
import { useAppState } from "../../app-context";
import { isToBeSaid, type Said } from "./announcement";

/** Tells screen readers of the best class, at most every few seconds. */
export function LiveAnnouncer() {
  const best = useAppState(({ liveResult }) => liveResult?.smoothed[0]);
  const said = useRef<Said | null>(null);
  const [text, setText] = useState("");
  useEffect(() => {
    if (!best) said.current = null;
    const now = performance.now();
    if (!best || !isToBeSaid(said.current, best.index, now)) return;
    said.current = { index: best.index, atMs: now };
    setText(`Camera: ${best.label ?? `class ${best.index}`}.`);
  }, [best]);
  return (
    <p role="status" aria-label="Live result" className="visually-hidden">
      {text}
    </p>
  );
}
