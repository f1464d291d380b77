import { Command, CommanderError } from "commander";
import packageJson from "../package.json" with { type: "json" };
import { StreamscopeError } from "../src/graph/errors";
import { buildCommand } from "./build";
import { compileCommand } from "./compile";
import { exportFinnCommand } from "./export-finn";
import { fetchOfficialCommand } from "./fetch-official";
import type { Output } from "./output";

/**
 * The command line: `streamscope <command> ...`. Returns the exit code: 0 for success, 130 after
 * Ctrl-C, 1 for any other end. What a user can do something about comes as a sentence; a stack
 * trace only with `--debug`.
 */
export async function run(args: readonly string[], output: Output): Promise<number> {
  const program = new Command("streamscope")
    .description(packageJson.description)
    .version(packageJson.version)
    .addCommand(compileCommand(output))
    .addCommand(fetchOfficialCommand(output))
    .addCommand(buildCommand(output))
    .addCommand(exportFinnCommand(output));
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => output.print(text.trimEnd()),
      writeErr: (text) => output.complain(text.trimEnd()),
    });
  }
  try {
    await program.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    // Commander has said what was wrong, or shown the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode;
    output.complain(explain(error));
    if (args.includes("--debug") && error instanceof Error) output.complain(error.stack ?? "");
    return wasStopped(error) ? 130 : 1;
  }
}

/** Ctrl-C: as shells report the end of a program by SIGINT. */
function wasStopped(error: unknown): boolean {
  return error instanceof StreamscopeError && error.code === "aborted";
}

/** An error in a sentence for people. */
export function explain(error: unknown): string {
  if (error instanceof StreamscopeError) return error.message;
  if (isSystemError(error)) return `${error.path ?? "A file"}: ${SYSTEM_ERRORS[error.code] ?? error.message}`;
  return `This is a fault in Streamscope: ${error instanceof Error ? error.message : String(error)} (--debug shows where)`;
}

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  EACCES: "no permission.",
  EISDIR: "this is a folder, not a file.",
  ENOENT: "no such file.",
  ENOSPC: "the disk is full.",
  ENOTDIR: "this is no folder.",
  EPERM: "not permitted.",
  EROFS: "the disk is read-only.",
};

interface SystemError extends Error {
  readonly code: string;
  readonly path?: string;
}

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && "code" in error && typeof error.code === "string" && "syscall" in error;
}
