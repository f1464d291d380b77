import { Fragment } from "react";
import { isApple } from "../is-apple";
import { type Chord, chordNames } from "./chord";

/** Keys as they are written on a keyboard: of the Mac, if it is one. */
export function KeyNames({ chord }: { readonly chord: Chord }) {
  const names = chordNames(chord, isApple);
  return (
    <span className="key-help__keys">
      {names.map((name, i) => (
        <Fragment key={name}>
          {i > 0 && "+"}
          <kbd>{name}</kbd>
        </Fragment>
      ))}
    </span>
  );
}
