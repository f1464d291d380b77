import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { endpoint } from "../../tools/environments.mjs";
import { ensurePython, pythonOf } from "../../tools/python.mjs";

/** The endpoint as people start it: a process of its own, with the emulator behind it. */
export class EndpointProcess {
  #process: ChildProcess | null = null;
  /** Where it listens; the same again after a restart. */
  address = "";

  constructor(readonly allowedOrigin: string) {
    if (!ensurePython(endpoint)) throw new Error("There is no Python environment for the endpoint.");
  }

  /** Resolves when it listens. */
  async start(): Promise<void> {
    const port = this.address ? new URL(this.address).port : "0";
    const command = ["-m", "streamscope_endpoint", "--backend", "emulator"];
    const options = ["--port", port, "--allow-origin", this.allowedOrigin];
    this.#process = spawn(pythonOf(endpoint), [...command, ...options], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const said: string[] = [];
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      if (!stream) continue;
      for await (const line of createInterface(stream)) {
        said.push(line);
        const address = /listens on (http:\S+)/.exec(line)?.[1];
        if (!address) continue;
        this.address = address;
        return;
      }
    }
    throw new Error(`The endpoint did not start: ${said.join("\n")}`);
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    if (!this.#process || this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await gone;
  }
}
