import { boards } from "../../../hardware/boards";
import { useAppState } from "../../app-context";
import { formatInteger, formatMs } from "../../kit/format";
import { momentOf } from "../model/moment";
import type { Pipeline } from "../model/pipeline";
import { useCycle } from "../use-cycle";

/** The cycle on screen, the time it stands for, and how finely it is seen. */
export function CycleReadout({ pipeline }: { readonly pipeline: Pipeline }) {
  const cycle = useCycle(50);
  const streaming = useAppState((state) => state.streaming);
  const fine = useAppState((state) => state.fineTrace);
  const moment = streaming && momentOf(streaming, fine, cycle);
  const { clockNs } = boards[pipeline.design.board];
  const bin = moment && moment.to - moment.from;
  return (
    <p className="transport__cycle" data-cycle={cycle} data-exact={moment?.isExact || undefined}>
      <span className="transport__cycle-name">Cycle</span> {formatInteger(cycle)}
      <span className="transport__cycle-note">
        {formatMs((cycle * clockNs) / 1e6)}
        {bin !== null && (bin === 1 ? ", this cycle" : `, around: ${formatInteger(bin)} cycles`)}
      </span>
    </p>
  );
}
