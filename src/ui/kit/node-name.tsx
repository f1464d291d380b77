import { Fragment } from "react";

/** A node's name that may break where its words begin: ConvolutionInputGenerator_rtl_1 is long on a phone. */
export function NodeName({ name }: { readonly name: string }) {
  const words = name.split(/(?<=[a-z])(?=[A-Z])|(?=_[a-z])/);
  return words.map((word, i) => (
    // The words of a name never change their places.
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <Fragment key={i}>
      {i > 0 && <wbr />}
      {word}
    </Fragment>
  ));
}
