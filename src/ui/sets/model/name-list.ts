/** How many names are written out. */
const most = 10;

/** "a, b, c and 34 more": bounded, however many there are. */
export function nameList(names: readonly string[]): string {
  const shown = names.slice(0, most).join(", ");
  return names.length > most ? `${shown} and ${formatter.format(names.length - most)} more` : shown;
}

const formatter = new Intl.NumberFormat("en-US");
