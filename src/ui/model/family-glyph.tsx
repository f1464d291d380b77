import type { OpFamily } from "./model/op-families";
import "./family-glyph.css";

/** Each family has a shape of its own as well as a colour. */
const shapes: Readonly<Record<OpFamily, string>> = {
  multiply: "M1 1h10v10H1z",
  scale: "M6 0l6 6-6 6-6-6z",
  quantise: "M0 12V8h4V4h4V0h4v12z",
  move: "M0 4h7V1l5 5-5 5V8H0z",
  rest: "M6 .5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11z",
};

/** The mark of an operator's family; the operator's name stands beside it. */
export function FamilyGlyph({ family }: { readonly family: OpFamily }) {
  return (
    <svg
      className={`family-glyph family-${family}`}
      viewBox="0 0 12 12"
      width="12"
      height="12"
      aria-hidden="true"
    >
      <path d={shapes[family]} />
    </svg>
  );
}
