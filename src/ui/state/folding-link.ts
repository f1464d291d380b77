import type {
  Attributes,
  AttributeValue,
  DefaultAttribute,
  FoldingConfig,
} from "../../hardware/folding-config";

/** What is longer is no link of ours. */
const maxLength = 50_000;

/** `node.attribute-value.attribute-value*node...`: only characters that addresses leave as they are. */
const shape = /^[A-Za-z]\w*(\.[A-Za-z]\w*(-\w*)+)+(\*[A-Za-z]\w*(\.[A-Za-z]\w*(-\w*)+)+)*$/;
const number = /^\d{1,15}$/;
const word = /^[A-Za-z]\w*$/;
const list = /^(_\d{1,15})*_?$/;

/**
 * What a folding says otherwise than another one, as a short text for links:
 * `MVAU_hls_3.PE-64*VVAU_hls_0.PE-8.SIMD-3`. An attribute that only the other one has is written
 * without a value; `Defaults.ram_style-block-MVAU-VVAU` is a default for op types. Empty if they say
 * the same.
 */
export function foldingDifferences(folding: FoldingConfig, base: FoldingConfig): string {
  const names = new Set([...base.nodes.keys(), ...folding.nodes.keys()]);
  const entries = [...names].map((name) => {
    const [now, was] = [folding.nodes.get(name) ?? {}, base.nodes.get(name) ?? {}];
    const changed = [...new Set([...Object.keys(was), ...Object.keys(now)])].filter(
      (attribute) => textOf(now[attribute]) !== textOf(was[attribute]),
    );
    return [name, ...changed.map((attribute) => `${attribute}-${textOf(now[attribute])}`)];
  });
  const defaults = [...folding.defaults].map(
    ([attribute, { value, opTypes }]) => `${attribute}-${[textOf(value), ...opTypes].join("-")}`,
  );
  return [["Defaults", ...defaults], ...entries]
    .filter((parts) => parts.length > 1)
    .map((parts) => parts.join("."))
    .join("*");
}

/** Can `withDifferences` read it? */
export function isFoldingText(text: string): boolean {
  return text === "" || (text.length <= maxLength && shape.test(text) && parse(text) !== null);
}

/** The folding that a text of `foldingDifferences` makes of the base it was written against. */
export function withDifferences(base: FoldingConfig, text: string): FoldingConfig {
  const nodes = new Map(base.nodes);
  let defaults = base.defaults;
  for (const { name, given } of parse(text) ?? []) {
    if (name === "Defaults") {
      defaults = new Map(given.flatMap(({ attribute, value, rest }) => toDefault(attribute, value, rest)));
      continue;
    }
    const attributes: Record<string, AttributeValue> = { ...nodes.get(name) };
    for (const { attribute, value } of given) {
      if (value === undefined) delete attributes[attribute];
      else attributes[attribute] = value;
    }
    nodes.set(name, attributes satisfies Attributes);
  }
  return { defaults, nodes };
}

interface Given {
  readonly attribute: string;
  readonly value: AttributeValue | undefined;
  /** Op types, for defaults. */
  readonly rest: readonly string[];
}

function parse(text: string): { readonly name: string; readonly given: readonly Given[] }[] | null {
  if (text === "") return [];
  const entries = text.split("*").map((entry) => {
    const [name = "", ...parts] = entry.split(".");
    const given = parts.map((part) => {
      const [attribute = "", value = "", ...rest] = part.split("-");
      return { attribute, value, rest };
    });
    return { name, given };
  });
  const sound = entries.every(({ name, given }) =>
    given.every(
      ({ value, rest }) =>
        (name === "Defaults" ? rest.every((type) => word.test(type)) : rest.length === 0) && isValue(value),
    ),
  );
  if (!sound) return null;
  return entries.map(({ name, given }) => ({
    name,
    given: given.map((one) => ({ ...one, value: readValue(one.value) })),
  }));
}

const isValue = (text: string) => text === "" || number.test(text) || word.test(text) || list.test(text);

function readValue(text: string): AttributeValue | undefined {
  if (text === "") return undefined;
  if (number.test(text)) return Number(text);
  if (text.startsWith("_")) return text.split("_").filter(Boolean).map(Number);
  return text;
}

/** A list starts with `_`: `_2_4`. */
function textOf(value: AttributeValue | undefined): string {
  if (value === undefined) return "";
  return typeof value === "object" ? `_${value.join("_")}` : String(value);
}

function toDefault(
  attribute: string,
  value: AttributeValue | undefined,
  opTypes: readonly string[],
): [string, DefaultAttribute][] {
  return value === undefined ? [] : [[attribute, { value, opTypes }]];
}
