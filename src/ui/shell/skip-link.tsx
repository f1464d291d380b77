import type { RefObject } from "react";
import "./skip-link.css";

/** The first stop of Tab: past the header. */
export function SkipLink({ to }: { readonly to: RefObject<HTMLElement | null> }) {
  return (
    // The address holds the app's state, so the link moves the focus itself and leaves the address alone.
    // biome-ignore lint/a11y/useValidAnchor: it does lead to #main
    <a
      className="skip-link"
      href="#main"
      onClick={(event) => {
        event.preventDefault();
        to.current?.focus();
      }}
    >
      Skip to the view
    </a>
  );
}
