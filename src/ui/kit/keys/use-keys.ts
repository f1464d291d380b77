import { createContext, type RefObject, useContext, useEffect, useRef } from "react";
import { type KeyBinding, KeyRegistry } from "./key-registry";

/** One page has one keyboard. */
export const KeysContext = createContext(new KeyRegistry());

/**
 * Gives keys a meaning while the component is there, and a line in the help.
 *
 *     useKeys([{ keys: "Space", does: "Play or pause", action: toggle }], "Dataflow");
 *
 * They are not heard from text fields, menus and dialogs, nor where the element in focus needs
 * the key itself (Space on a button).
 * @param name the view's, as in the navigation, or a part's
 * @param within the keys work only while the focus is in this element
 */
export function useKeys(
  bindings: readonly KeyBinding[],
  name: string,
  within?: RefObject<Element | null>,
): void {
  const registry = useContext(KeysContext);
  const latest = useRef(bindings);
  useEffect(() => {
    latest.current = bindings;
  });
  useEffect(
    () =>
      registry.add({
        name,
        bindings: () => latest.current,
        within: within ?? null,
      }),
    [registry, name, within],
  );
}
