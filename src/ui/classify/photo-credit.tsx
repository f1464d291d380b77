import type { Sample } from "../../inputs/samples";

/** Whose photo it is and under which licence, as that licence wants it said. */
export function PhotoCredit({ sample }: { readonly sample: Sample }) {
  return (
    <p>
      Photo:{" "}
      <a href={sample.origin} target="_blank" rel="noreferrer">
        {sample.credit}
      </a>
      ,{" "}
      <a href={sample.licenceUrl} target="_blank" rel="license noreferrer">
        {licenceName(sample.licence)}
      </a>
      .
    </p>
  );
}

/** "CC BY 4.0" for the SPDX name "CC-BY-4.0". */
function licenceName(spdx: string): string {
  return spdx === "LicenseRef-PublicDomain" ? "public domain" : spdx.replaceAll("-", " ");
}
