import { useAppState } from "../app-context";
import { TopList } from "../classify/top-list";

/** What label selection puts out: numbers of classes, best first, here with their names. */
export function ClassesPart() {
  const outcome = useAppState((state) => state.outcome);
  if (!outcome) return null;
  const { top } = outcome.classification;
  return (
    <section className="layers__part" aria-labelledby="classes-heading">
      <h3 id="classes-heading">The {top.length} classes it puts out, best first</h3>
      <TopList top={top} />
    </section>
  );
}
