import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { isatty } from "node:tty";

const signals = ["SIGINT", "SIGHUP", "SIGTERM"];

/**
 * Runs a command as if it were this process: with its terminal, its signals, its end.
 * @param {string} command
 * @param {string[]} args
 * @param {boolean} hasTerminal A terminal sends Ctrl-C and its own end to every process in front of it, this
 *   one and the command alike: the command must not get them twice. SIGTERM only reaches this one.
 * @returns {Promise<number>} The exit status; of a command that a signal ended, 128 and the signal's number.
 */
export async function runAttached(command, args, hasTerminal = [0, 1, 2].some((stream) => isatty(stream))) {
  const pass = (signal) => {
    if (!hasTerminal || signal === "SIGTERM") child.kill(signal);
  };
  for (const signal of signals) process.on(signal, pass);
  const child = spawn(command, args, { stdio: "inherit" });
  try {
    const [status, signal] = await once(child, "exit");
    return status ?? 128 + constants.signals[signal];
  } finally {
    for (const signal of signals) process.off(signal, pass);
  }
}
