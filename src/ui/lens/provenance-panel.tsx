import { type ReactNode, useRef } from "react";
import { ActionButton } from "../kit/action-button";
import { formatInteger } from "../kit/format";
import { useFocus } from "./focus";
import { describePlace } from "./model/describe-place";
import { formatValues } from "./model/format-values";
import type { Lens } from "./model/lens";
import { type Place, placeKey } from "./model/place";
import { numberAt, provenanceOf } from "./model/provenance";
import { Num } from "./num";
import { useRovingNumbers } from "./use-roving-numbers";
import "./provenance-panel.css";

/** A longer list is cut; what is left out is added up in one line. */
const mostTerms = 256;
const mostConsumers = 18;

/** Where the number under the pointer came from and where it goes; every number here leads further. */
export function ProvenancePanel({ lens }: { readonly lens: Lens }) {
  const place = useFocus((focus) => focus.place);
  const isPinned = useFocus((focus) => focus.isPinned);
  const unpin = useFocus((focus) => focus.unpin);
  const ref = useRef<HTMLElement>(null);
  const onKeyDown = useRovingNumbers(ref);
  return (
    <section ref={ref} className="provenance" aria-label="Where a number comes from" onKeyDown={onKeyDown}>
      {place ? (
        <>
          <p className="provenance__title">
            <strong>{formatInteger(numberAt(lens.chain, place))}</strong>{" "}
            {describePlace(lens.chain, place, lens.before)}
          </p>
          <Sources lens={lens} place={place} />
          <Consumers lens={lens} place={place} />
          <p className="provenance__foot">
            {isPinned ? (
              <ActionButton onPress={unpin}>Unpin</ActionButton>
            ) : (
              "Click, or press Enter, to pin it."
            )}
          </p>
        </>
      ) : (
        <p>
          <strong>Point at any number</strong> to see its origin
          <span className="provenance__more">
            {" "}
            and where it goes, or go to it with Tab and the arrow keys. A click or Enter pins it
          </span>
          .
        </p>
      )}
    </section>
  );
}

interface PartProps {
  readonly lens: Lens;
  readonly place: Place;
}

function Sources({ lens, place }: PartProps) {
  const { sources } = provenanceOf(lens.chain, place);
  const products = sources.flatMap((source) => (source.kind === "product" ? [source] : []));
  if (place.kind === "sum") {
    if (products.length === 0) return <Part title="Comes from">A sum starts at 0.</Part>;
    const isPool = lens.chain.nodes[place.node]?.kind === "Pool";
    const rest = products.slice(mostTerms);
    const left = rest.reduce((sum, product) => sum + numberAt(lens.chain, product), 0);
    return (
      <Part title={`The sum of ${formatValues(products.length, isPool ? "value" : "product")}`}>
        <ul className="provenance__terms">
          {products.slice(0, mostTerms).map((product) => (
            <li key={product.term}>
              <Links lens={lens} places={provenanceOf(lens.chain, product).sources} between="×" />
              {!isPool && (
                <>
                  <span aria-hidden="true">=</span>
                  <Links lens={lens} places={[product]} />
                </>
              )}
            </li>
          ))}
        </ul>
        {rest.length > 0 && (
          <p>
            and {rest.length} more, which add up to {formatInteger(left)}
          </p>
        )}
      </Part>
    );
  }
  if (sources.length === 0) return <Part title="Comes from">{origin(lens, place)}</Part>;
  return (
    <Part title="Comes from">
      <Described lens={lens} places={sources} />
    </Part>
  );
}

/** What stands at the beginning of a trail. */
function origin({ before, chain }: Lens, place: Place): string {
  if (place.kind !== "value") return "It is a constant of the network.";
  return place.edge > 0 && chain.nodes[place.edge - 1]?.kind === "FMPadding"
    ? "It is a zero of the padding."
    : `It comes in with ${before}.`;
}

function Consumers({ lens, place }: PartProps) {
  const { consumers } = provenanceOf(lens.chain, place);
  if (consumers.length === 0) return <Part title="Goes to">{end(lens, place)}</Part>;
  const more = consumers.length - mostConsumers;
  return (
    <Part title={consumers.length > 1 ? `Goes to ${consumers.length} places` : "Goes to"}>
      <Described lens={lens} places={consumers.slice(0, mostConsumers)} />
      {more > 0 && <p>and {more} more</p>}
    </Part>
  );
}

function end({ chain }: Lens, place: Place): string {
  if (place.kind === "threshold") return "Every sum of this channel is compared with it.";
  if (place.kind === "parameter") return "It is added to the channel’s value.";
  if (place.kind === "weight") return "It is multiplied with an input of every pixel.";
  if (place.kind === "value" && chain.nodes[place.edge]?.kind === "LabelSelect")
    return "It is not among the best.";
  if (place.kind === "value" && chain.nodes[place.edge]) return "No window takes it.";
  return "It leaves the block.";
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="provenance__part">
      <h4 className="part-heading">{title}</h4>
      {children}
    </div>
  );
}

function Described({ lens, places }: { readonly lens: Lens; readonly places: readonly Place[] }) {
  return (
    <ul className="provenance__list">
      {places.map((place) => (
        <li key={placeKey(place)}>
          <Links lens={lens} places={[place]} />
          <span>{describePlace(lens.chain, place, lens.before)}</span>
        </li>
      ))}
    </ul>
  );
}

function Links({
  lens,
  places,
  between,
}: {
  readonly lens: Lens;
  readonly places: readonly Place[];
  readonly between?: string;
}) {
  return places.map((place, i) => (
    <span key={placeKey(place)} className="provenance__link">
      {i > 0 && <span aria-hidden="true">{between}</span>}
      <Num chain={lens.chain} before={lens.before} place={place} size="small" />
    </span>
  ));
}
