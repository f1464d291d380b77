import { useAppState } from "../app-context";
import { formatFps } from "../kit/format";
import { rateOf } from "./model/rate";

/** How many frames of the camera each side answers a second, over the last answers. */
export function Throughput() {
  const { emulator, endpoint } = useAppState((state) => state.comparePace);
  const source = useAppState((state) => state.compareSource);
  if (source === "photo") return null;
  return (
    <dl className="session-part__list" aria-label="Throughput">
      <Rate name="Emulator" times={emulator} />
      <Rate name="Endpoint" times={endpoint} />
    </dl>
  );
}

function Rate({ name, times }: { readonly name: string; readonly times: readonly number[] }) {
  const rate = rateOf(times);
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong>{rate === null ? "–" : formatFps(rate)}</strong>{" "}
        {rate === null ? "not enough answers yet" : `over the last ${times.length} answers`}
      </dd>
    </div>
  );
}
