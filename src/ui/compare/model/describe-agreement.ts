import type { Agreement } from "./agreement";

/** The three senses, in the order in which they are shown. */
export const senses = [
  { key: "sameFirst", name: "Same first", yes: "The best class is the same.", no: "The best class differs." },
  {
    key: "sameSet",
    name: "Same set",
    yes: "Both name the same classes.",
    no: "They name different classes.",
  },
  {
    key: "sameOrder",
    name: "Same order",
    yes: "All ranks are the same.",
    no: "The ranks differ.",
  },
] as const satisfies readonly { key: keyof Agreement; name: string; yes: string; no: string }[];

/** The strongest sense in which two answers differ, for a list: "another first class". */
export function describeMismatch({ sameFirst, sameSet }: Agreement): string {
  if (!sameFirst) return sameSet ? "same classes, another first" : "another first class";
  return sameSet ? "same classes, another order" : "same first, other classes";
}
