import { useContext, useEffect } from "react";
import { hearPress } from "./hear-press";
import { isOwnedByFocus } from "./key-owner";
import { KeysContext } from "./use-keys";

/** Listens to the page's keyboard on behalf of all who use `useKeys`. Used once, by the shell. */
export function useKeyListener(singleKeys: boolean): void {
  const registry = useContext(KeysContext);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // A widget has taken it, or an input method is composing a character.
      if (event.defaultPrevented || event.isComposing) return;
      const focus = event.target instanceof Element ? event.target : null;
      const heard = hearPress(registry.groups(), event, {
        singleKeys,
        hasFocus: (element) => element.contains(focus),
        isOwned: ({ chord, group }) => isOwnedByFocus(focus, chord, group.within?.current),
      });
      if (!heard) return;
      event.preventDefault();
      if (!event.repeat || heard.binding.repeats) heard.binding.action?.();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [registry, singleKeys]);
}
