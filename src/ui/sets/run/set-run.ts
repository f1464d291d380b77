import { StreamscopeError, throwIfAborted } from "../../../graph/errors";
import type { ImageSet } from "../../../inputs/image-set/image-set";
import type { Labelling } from "../../../inputs/image-set/labelling";
import type { Endpoint, EndpointInfo, ModelNeeds, RemoteClient } from "../../../remote/endpoint";
import { mostImages } from "../../../remote/most-images";
import type { Session } from "../../session/session";
import { Tallier } from "../model/tally";
import { Pace } from "./pace";
import type { FileRecord } from "./record";
import { RecordKeeper } from "./record-keeper";
import { runFiles } from "./run-files";
import { isSameServer, type LabelSource, type RunHeader } from "./run-header";
import type { RunSnapshot } from "./run-snapshot";
import type { RunStore } from "./run-store";
import { type EndpointState, type SharedEndpoint, shareWork } from "./share-work";

/** What a run needs of the app. */
export interface SetRunTools {
  readonly session: Pick<Session, "prepare" | "run">;
  readonly remote: RemoteClient;
  readonly store: RunStore;
  /** The endpoint of an address as the user named it, with its token; null if it is not, or may not be asked. */
  endpointAt(address: string): Endpoint | null;
  /** What the network needs of an endpoint; null while none is loaded. */
  needs(): ModelNeeds | null;
  /** Milliseconds. */
  now(): number;
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Calls back after a while, once. */
  later(callback: () => void): void;
  publish(snapshot: RunSnapshot): void;
}

/** Enough that the emulator never waits for the next picture to be decoded. */
const underWayHere = 4;
/** At 150 KB an image: the memory that all endpoints' batches may take. */
const mostUnderWay = 512;
/** So many failures in a row are not the pictures'. */
const failuresToHalt = 5;

/** One run of a set: paused and resumed as often as one likes, with one record a file. */
export class SetRun {
  readonly #records = new Map<string, FileRecord>();
  readonly #keeper: RecordKeeper;
  #header: RunHeader;
  #tallier = new Tallier();
  #pace = new Pace();
  #computed = 0;
  #failures = 0;
  #phase: RunSnapshot["phase"];
  #halt: string | null = null;
  #set: ImageSet | null;
  /** Ends what is under way. */
  #leg = new AbortController();
  #endpoints: () => readonly EndpointState[] = () => [];
  #isPublishing = false;
  /** No word any more to a page that shows another run. */
  #isLeft = false;

  constructor(
    private readonly tools: SetRunTools,
    header: RunHeader,
    { set, records = [] }: { readonly set: ImageSet | null; readonly records?: readonly FileRecord[] },
  ) {
    this.#header = header;
    this.#set = set;
    this.#phase = header.state === "open" ? "paused" : header.state;
    for (const record of records) this.#records.set(record.path, record);
    this.#keeper = new RecordKeeper(header.id, tools.store, () => this.#publish());
    this.#count();
    this.#publish();
  }

  get header(): RunHeader {
    return this.#header;
  }

  get isRunning(): boolean {
    return this.#phase === "running";
  }

  /** The folder is there again. Results of files that it does not have are left out. */
  attach(set: ImageSet): void {
    const paths = new Set(set.images.map(({ path }) => path));
    for (const path of this.#records.keys()) if (!paths.has(path)) this.#records.delete(path);
    this.#set = set;
    const { name, images, ignored } = set;
    this.#change({ set: { name, images: images.length, ignored }, folder: set.folder });
    this.#count();
    this.#publish();
  }

  /** Labels are looked up, never computed with: they may change at any time. */
  relabel(labelSource: LabelSource, labelling: Labelling): void {
    this.#change({ labelSource, labelling });
    this.#count();
    this.#publish();
  }

  /** Keeps the run in place of the one before. */
  async keep(): Promise<void> {
    if (!(await this.tools.store.begin(this.#header))) this.#keeper.lose();
  }

  /** Runs what is left, and what failed, with so many images a request to an endpoint. */
  async resume(batchSize: number): Promise<void> {
    const set = this.#set;
    if (!set || this.#phase === "running") return;
    this.#leg = new AbortController();
    const { signal } = this.#leg;
    this.#phase = "running";
    this.#halt = null;
    this.#failures = 0;
    this.#pace = new Pace();
    this.#change({ state: "open" });
    const { session } = this.tools;
    const { emulator, endpoints } = this.#header;
    const shared = endpoints.length > 0 ? this.#share(batchSize, signal) : null;
    this.#endpoints = () => shared?.states() ?? [];
    this.#publish();
    await runFiles({
      files: set.images,
      recordOf: (path) => this.#records.get(path),
      prepare: (file) => session.prepare(file, signal),
      emulate: emulator ? (input) => session.run(input, signal) : null,
      ask: shared && ((input) => shared.ask(input)),
      underWay: Math.min(underWayHere + 2 * batchSize * endpoints.length, mostUnderWay),
      onRecord: (record) => this.#take(record),
      signal,
    });
    if (signal.aborted) return;
    this.#leg.abort();
    this.#end("done");
  }

  /** Gives up what is under way; it is done again with the next `resume`. */
  pause(halt: string | null = null): void {
    if (this.#phase !== "running") return;
    this.#leg.abort();
    this.#phase = "paused";
    this.#halt = halt;
    this.#publish();
  }

  /** Leaves it as it is: after a reload its results are there, and nobody is asked to go on. */
  stop(): void {
    this.#leg.abort();
    this.#end("stopped");
  }

  /** Another run takes its place on the page. */
  leave(): void {
    this.#isLeft = true;
    this.#leg.abort();
  }

  #end(state: "done" | "stopped"): void {
    this.#phase = state;
    this.#change({ state });
    this.#publish();
  }

  #take(record: FileRecord): void {
    const before = this.#records.get(record.path);
    const label = this.#header.labelling.labels.get(record.path);
    if (before) this.#tallier.remove(before, label);
    this.#tallier.add(record, label);
    this.#records.set(record.path, record);
    this.#keeper.put(record);
    this.#computed++;
    this.#failures = record.status === "failed" ? this.#failures + 1 : 0;
    if (this.#failures >= failuresToHalt) {
      this.pause(`${failuresToHalt} pictures in a row failed, the last with: ${record.message}`);
    } else this.#publishSoon();
  }

  /** All records once more, as after a change of labels. */
  #count(): void {
    this.#tallier = new Tallier();
    const { labels } = this.#header.labelling;
    for (const record of this.#records.values()) this.#tallier.add(record, labels.get(record.path));
  }

  #change(change: Partial<RunHeader>): void {
    this.#header = { ...this.#header, ...change };
    if (!this.#keeper.isKeeping) return;
    void this.tools.store.update(this.#header).then((kept) => kept || this.#keeper.lose());
  }

  #share(batchSize: number, signal: AbortSignal) {
    const endpoints = this.#header.endpoints.map(({ address }) => this.#sharedEndpoint(address));
    const { wait } = this.tools;
    return shareWork(endpoints, { batchSize, signal, wait, onChange: () => this.#publishSoon() });
  }

  #sharedEndpoint(address: string): SharedEndpoint {
    const { remote } = this.tools;
    let info: EndpointInfo | null = null;
    return {
      address,
      check: async (signal) => {
        const needs = this.tools.needs();
        if (!needs) throw new StreamscopeError("engine-failed", "There is no model to check it against.");
        info = await remote.check(this.#named(address), needs, { signal });
        throwIfAborted(signal);
        this.#know(address, info);
        return mostImages(info);
      },
      infer: async (inputs, signal) => {
        if (!info) throw new StreamscopeError("engine-failed", "An endpoint is asked before it was checked.");
        return remote.infer(this.#named(address), info, inputs, { signal });
      },
    };
  }

  #named(address: string): Endpoint {
    const endpoint = this.tools.endpointAt(address);
    if (endpoint) return endpoint;
    throw new StreamscopeError(
      "endpoint",
      "It is not in the list of endpoints any more. Add it again to go on with it.",
      { fault: "unreachable" },
    );
  }

  /** Remembers what an endpoint was at first, and refuses what it became. */
  #know(address: string, info: EndpointInfo): void {
    const { endpoints } = this.#header;
    const known = endpoints.find((each) => each.address === address)?.info;
    if (known && !isSameServer(known, info)) {
      throw new StreamscopeError(
        "endpoint",
        `It runs something else than at the beginning of this run: ${info.model.name} ${info.model.versions.join(", ")} on ${info.server.name} ${info.server.version}. Begin a new run to use it.`,
        { fault: "wrong-model" },
      );
    }
    if (!known) {
      this.#change({
        endpoints: endpoints.map((each) => (each.address === address ? { address, info } : each)),
      });
    }
  }

  /** At most some times a second, however many records come. */
  #publishSoon(): void {
    if (this.#isPublishing) return;
    this.#isPublishing = true;
    this.tools.later(() => {
      this.#isPublishing = false;
      this.#publish();
    });
  }

  #publish(): void {
    if (this.#isLeft) return;
    if (this.#phase === "running") this.#pace.sample(this.tools.now(), this.#computed);
    this.tools.publish({
      header: this.#header,
      phase: this.#phase,
      halt: this.#halt,
      hasFolder: this.#set !== null,
      tally: this.#tallier.snapshot(),
      perSecond: this.#phase === "running" ? this.#pace.perSecond() : null,
      endpoints: this.#endpoints(),
      isKept: this.#keeper.isKeeping,
      records: this.#records,
    });
  }
}
