import { useAppState } from "../app-context";
import { describeCounts, describeFrames, describeMoment, groupMoment } from "./model/describe-moment";
import { momentOf } from "./model/moment";
import type { Pipeline } from "./model/pipeline";
import { useCycle } from "./use-cycle";

/** The cycle shown as a table: what each layer's machines do, and which frames are in it. */
export function InWords({ pipeline }: { readonly pipeline: Pipeline }) {
  const cycle = useCycle(1000);
  const playing = useAppState((state) => state.playing);
  const streaming = useAppState((state) => state.streaming);
  const fine = useAppState((state) => state.fineTrace);
  const moment = streaming?.simulation === pipeline.simulation ? momentOf(streaming, fine, cycle) : null;
  if (!moment) return null;
  return (
    <section className="dataflow__words" aria-label="In words">
      {/* Told when it stands; while it plays it would never end. */}
      <p aria-live={playing ? "off" : "polite"} className="dataflow__moment">
        {describeMoment(pipeline, moment)}
      </p>
      <details>
        <summary>Layer by layer</summary>
        <table className="dataflow__table">
          <thead>
            <tr>
              <th scope="col">Layer</th>
              <th scope="col">Machines</th>
              <th scope="col">Frames</th>
            </tr>
          </thead>
          <tbody>
            {pipeline.groups.map((group) => {
              const { title, counts, frames } = groupMoment(pipeline, moment, group);
              return (
                <tr key={title}>
                  <th scope="row">{title}</th>
                  <td>{describeCounts(counts)}</td>
                  <td>{describeFrames(frames)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </details>
    </section>
  );
}
