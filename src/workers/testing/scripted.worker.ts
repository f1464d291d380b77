import * as Comlink from "comlink";
import { StreamscopeError } from "../../graph/errors";
import { type Answer, answer } from "../answer";
import { OpenCalls } from "../calls";
import type {
  CallId,
  Classification,
  ClassifyOptions,
  EmulatorApi,
  LoadedModel,
  LoadRequest,
} from "../emulator-api";
import { holdLifeLock } from "../liveness";

/**
 * A worker for tests of the client: the load request's `manifestUrl` says how it behaves
 * (`ok`, `refuse`, `hang`, `die`, `crash`), so that one script plays all parts.
 */
class ScriptedEmulator implements EmulatorApi {
  readonly #calls = new OpenCalls();

  load({ manifestUrl: part }: LoadRequest, call: CallId): Promise<Answer<LoadedModel>> {
    // Tells the test which loads crossed the border.
    new BroadcastChannel("streamscope-test-loads").postMessage(part);
    return answer(() =>
      this.#calls.run(call, async (signal) => {
        if (part === "refuse") throw new StreamscopeError("bad-package", "Damaged.", { node: "MVAU_hls_3" });
        if (part === "die") self.close();
        if (part === "crash")
          setTimeout(() => {
            throw new Error("boom");
          });
        if (part !== "ok") await cancelled(signal);
        return { name: part } as LoadedModel;
      }),
    );
  }

  async classify(picture: Blob, _options: ClassifyOptions, _call: CallId): Promise<Answer<Classification>> {
    return { ok: true, value: { notes: [await picture.text()] } as unknown as Classification };
  }

  cancel(call: CallId): void {
    this.#calls.cancel(call);
    // Tells the test that the cancellation crossed the border.
    new BroadcastChannel("streamscope-test").postMessage("cancelled");
  }
}

function cancelled(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new StreamscopeError("aborted", "Stopped.")));
  });
}

void holdLifeLock(self.name).then(() => {
  Comlink.expose(new ScriptedEmulator());
  self.postMessage("ready");
});
