import type { Lens } from "./model/lens";
import type { Place } from "./model/place";
import type { Reducer } from "./model/reduction";
import type { Lane, Tile } from "./model/tile";
import { Num } from "./num";
import "./lane-sum.css";

interface LaneSumProps {
  readonly lens: Lens;
  readonly node: number;
  readonly folded: Reducer;
  readonly tile: Tile;
  readonly lane: Lane;
  /** Does it happen in this cycle, or is it what it waits to do? */
  readonly isBusy: boolean;
}

/** More terms than that do not fit side by side. */
const mostTerms = 64;

/** One accumulator, large: the products of this cycle, the sum before them and after. */
export function LaneSum({ lens, node, folded, tile, lane, isBusy }: LaneSumProps) {
  const { iteration, reduction } = tile;
  const { simd, terms: all, weights } = reduction;
  const { pixel, synapseFold } = iteration;
  const { channel } = lane;
  const first = synapseFold * simd;
  // A window is small enough to be shown whole, with the terms of this cycle marked; of a vector only they are.
  const isWindow = folded.kind !== "MVAU";
  const shown = isWindow
    ? Array.from({ length: all }, (_, term) => term)
    : lane.terms.slice(0, mostTerms).map(({ term }) => term);
  const columns = isWindow ? folded.node.kernel[1] : undefined;
  const num = (place: Place, tone?: "now" | "later", size?: "small" | "large") => (
    <Num chain={lens.chain} before={lens.before} place={place} tone={tone} size={size} />
  );
  return (
    <fieldset className="stage__part lane-sum">
      <legend className="stage__label">
        {folded.kind === "MVAU" ? "Neuron" : "Channel"} {channel}:{" "}
        {weights ? "input × weight = product" : "the window’s values"}
        {isWindow ? "" : `, inputs ${first} to ${first + simd - 1} of ${all}`}
      </legend>
      <div
        className="lane-sum__terms"
        style={columns === undefined ? undefined : { gridTemplateColumns: `repeat(${columns}, max-content)` }}
        data-window={isWindow || undefined}
        data-small={all > 25 || undefined}
      >
        {shown.map((term, i) => {
          const isNow = term >= first && term < first + simd;
          const tone = term < first ? undefined : isNow && isBusy ? "now" : "later";
          const index = reduction.inputIndex(pixel, channel, term);
          return (
            <div
              // biome-ignore lint/suspicious/noArrayIndexKey: a term is its place
              key={i}
              className="lane-sum__term"
              data-now={isNow || undefined}
            >
              {num({ kind: "value", edge: node, index }, tone, "small")}
              {weights && (
                <>
                  {num({ kind: "weight", node, channel, term }, tone, "small")}
                  {num({ kind: "product", node, pixel, channel, term }, tone, "small")}
                </>
              )}
            </div>
          );
        })}
      </div>
      {lane.terms.length > mostTerms && !isWindow && (
        <p className="stage__label">and {lane.terms.length - mostTerms} more in this cycle</p>
      )}
      <p className="lane-sum__sum">
        {num({ kind: "sum", node, pixel, channel, terms: first })}
        <span>
          {simd > 1 ? `+ these ${simd} products =` : weights ? "+ this product =" : "+ this value ="}
        </span>
        {num({ kind: "sum", node, pixel, channel, terms: first + simd }, isBusy ? "now" : "later", "large")}
      </p>
    </fieldset>
  );
}
