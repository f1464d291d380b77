/** What is needed of a keyboard event to tell which keys were pressed. */
export type KeyPress = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

/** A key with its modifiers. */
export interface Chord {
  /** As `KeyboardEvent.key` says it; letters small. */
  readonly key: string;
  /** Ctrl; on a Mac Cmd. */
  readonly mod: boolean;
  readonly shift: boolean;
}

/**
 * Reads keys as they are declared and shown: "?", "1", "G", "Space", "Home", "Shift+ArrowRight", "Mod+Z".
 * Alt is not to be had: menus, browsers and screen readers use it.
 */
export function parseChord(text: string): Chord {
  const match = /^(Mod\+)?(Shift\+)?(Space|[A-Z][A-Za-z]+|F\d+|[!-~])$/.exec(text);
  if (!match) throw new Error(`no key is called ${text}`);
  const [, mod, shift, key = ""] = match;
  return {
    key: key === "Space" ? " " : isLetter(key) ? key.toLowerCase() : key,
    mod: mod !== undefined,
    shift: shift !== undefined,
  };
}

/** Was it these keys that were pressed? What a key writes counts, not its place on the keyboard. */
export function matchesChord(chord: Chord, press: KeyPress): boolean {
  const written = writtenKey(press);
  if ((isLetter(written) ? written.toLowerCase() : written) !== chord.key) return false;
  const mod = press.ctrlKey || press.metaKey;
  // Shift, AltGr (Ctrl and Alt at once) or Option may be what it takes to write a sign.
  if (isSign(chord.key) && !chord.mod) return !press.metaKey && (!press.ctrlKey || press.altKey);
  if (press.altKey || mod !== chord.mod) return false;
  // On a French keyboard a digit takes Shift.
  return isDigit(chord.key) || press.shiftKey === chord.shift;
}

/** One letter, digit, sign or Space and nothing else: what one may type, or say to a machine, without meaning it. */
export function isSingleCharacter({ key, mod }: Chord): boolean {
  return key.length === 1 && !mod;
}

/** Keys that the browser needs itself, or that find text in Firefox. No view may take them. */
export function belongsToBrowser({ key, mod }: Chord): boolean {
  if (mod) return !["z", "y", "Enter"].includes(key);
  return key === "Tab" || key === "/" || key === "'" || /^F\d+$/.test(key);
}

/** The keys' names for people: `["Ctrl", "Shift", "Z"]`. */
export function chordNames({ key, mod, shift }: Chord, isMac: boolean): readonly string[] {
  return [
    ...(mod ? [isMac ? "⌘" : "Ctrl"] : []),
    ...(shift ? ["Shift"] : []),
    keyNames[key] ?? (isLetter(key) ? key.toUpperCase() : key),
  ];
}

const keyNames: Readonly<Record<string, string>> = {
  " ": "Space",
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  PageUp: "Page up",
  PageDown: "Page down",
  Escape: "Esc",
};

export const isLetter = (key: string): boolean => /^[A-Za-z]$/.test(key);
const isDigit = (key: string) => /^\d$/.test(key);
const isSign = (key: string) => key.length === 1 && key !== " " && !isLetter(key) && !isDigit(key);

/** Keyboards that write no Latin letters have them in the places of the US keyboard. */
function writtenKey({ key, code }: KeyPress): string {
  const place = /^Key([A-Z])$/.exec(code);
  const writesOther = key.length === 1 && key.charCodeAt(0) > 0x7f;
  return writesOther && place?.[1] ? place[1] : key;
}
