import { StreamscopeError } from "../../graph/errors";
import { sourceId } from "../../models/package-source";
import { type Answer, answer } from "../answer";
import { type CallId, OpenCalls } from "../calls";
import type {
  Classification,
  ClassifyOptions,
  EmulatorApi,
  LoadedModel,
  LoadRequest,
  NetworkRun,
  PictureData,
  PreparedInput,
} from "../emulator-api";
import { serve } from "../serve";

/**
 * A worker for tests of the client: the load request's `manifestUrl` says how it behaves
 * (`ok`, `refuse`, `hang`, `die`, `crash`), so that one script plays all parts.
 */
class ScriptedEmulator implements EmulatorApi {
  readonly #calls = new OpenCalls();
  /** What crossed the border, in order; `classify` tells it to the test. */
  readonly #heard: string[] = [];

  load(request: LoadRequest, call: CallId): Promise<Answer<LoadedModel>> {
    const part = sourceId(request);
    this.#heard.push(part);
    return answer("emulator", () =>
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
    const notes = [await picture.text(), ...this.#heard];
    return { ok: true, value: { notes } as unknown as Classification };
  }

  /** Frames end here. */
  async prepare(picture: PictureData, _call: CallId): Promise<Answer<PreparedInput>> {
    if (!(picture instanceof Blob)) picture.close();
    return { ok: true, value: { notes: [picture.constructor.name] } as unknown as PreparedInput };
  }

  async run(input: Uint8Array, _options: ClassifyOptions, _call: CallId): Promise<Answer<NetworkRun>> {
    return { ok: true, value: { logits: Int32Array.from(input) } as unknown as NetworkRun };
  }

  cancel(call: CallId): void {
    this.#calls.cancel(call);
    this.#heard.push("cancelled");
  }
}

function cancelled(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new StreamscopeError("aborted", "Stopped.")));
  });
}

serve(new ScriptedEmulator());
