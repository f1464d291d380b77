/** Where a command writes: results to `print`, complaints to `complain`, each one line. */
export interface Output {
  print(line: string): void;
  complain(line: string): void;
}

/** The terminal: standard output and standard error. */
export const terminal: Output = {
  print: (line) => void process.stdout.write(`${line}\n`),
  complain: (line) => void process.stderr.write(`${line}\n`),
};

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
