/** Where a command writes: results to `print`, complaints to `complain`, each one line. */
export interface Output {
  print(line: string): void;
  complain(line: string): void;
  /** Shows a line that the next one takes the place of, "" clears it; absent where nobody watches. */
  progress?(line: string): void;
  /** How wide and how rich what is printed may be; absent: 80 columns of plain text. */
  readonly screen?: Screen;
}

export interface Screen {
  readonly columns: number;
  /** May it have colours and block characters? */
  readonly rich: boolean;
}

/** What a file or a pipe gets. */
export const plainScreen: Screen = { columns: 80, rich: false };

/** The terminal: standard output and standard error. */
export const terminal: Output = {
  print: (line) => void process.stdout.write(`${line}\n`),
  complain: (line) => void process.stderr.write(`${line}\n`),
  ...(process.stderr.isTTY && { progress: (line: string) => void process.stderr.write(`\r\x1b[K${line}`) }),
  get screen() {
    return screenOf(process.stdout, process.env);
  },
};

/** What a stream can show. https://no-color.org: any value of NO_COLOR but the empty one means plain text. */
export function screenOf(
  { isTTY, columns }: Partial<Pick<NodeJS.WriteStream, "isTTY" | "columns">>,
  { NO_COLOR, TERM }: NodeJS.ProcessEnv,
): Screen {
  if (!isTTY) return plainScreen;
  return { columns: columns || plainScreen.columns, rich: !NO_COLOR && TERM !== "dumb" };
}

/** The same, but nothing is printed: for commands that print one JSON object in place of text. */
export function silent(output: Output): Output {
  return { ...output, print: () => {} };
}

/** `compile | head` closes the pipe early: what is not read any more need not be written. */
export function endWithReader(stream: NodeJS.WriteStream): void {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
}

/** 10645344 is written 10,645,344, on every machine. */
export function grouped(value: number): string {
  return value.toLocaleString("en-US");
}

/** 2993.83 frames a second are written `2,993.8 frames/s`. */
export function rate(fps: number): string {
  return `${fps.toLocaleString("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 })} frames/s`;
}
