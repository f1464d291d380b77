import { StreamscopeError } from "../../../graph/errors";
import type { EndpointFault, RemoteResult } from "../../../remote/endpoint";
import type { EndpointAnswer } from "./record";

/** An endpoint that takes its share. */
export interface SharedEndpoint {
  readonly address: string;
  /**
   * The most images that one request to it may have. Rejects if it cannot be used now: it is then
   * asked again later.
   */
  check(signal: AbortSignal): Promise<number>;
  infer(inputs: readonly Uint8Array[], signal: AbortSignal): Promise<RemoteResult>;
}

/** How an endpoint is doing. */
export interface EndpointState {
  readonly address: string;
  readonly phase: "checking" | "idle" | "busy" | "down";
  /** Why it is down; null if it is not. */
  readonly failure: string | null;
  /** Images answered. */
  readonly images: number;
  /** The most it is given at once: less than the setting if it takes no more, or failed with so many. */
  readonly batchSize: number;
}

export interface ShareOptions {
  /** Images a request, at most. */
  readonly batchSize: number;
  /** Ends it all: what is under way and what waits rejects with `aborted`. */
  readonly signal: AbortSignal;
  /** Resolves after so many milliseconds, or when the signal fires. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Something of `states` is new. */
  onChange(): void;
}

export interface SharedWork {
  /**
   * The answer of one of the endpoints. Waits while none can be used. Rejects with `aborted`, or with
   * the endpoints' own error if they refuse this very image again and again.
   */
  ask(input: Uint8Array): Promise<EndpointAnswer>;
  states(): readonly EndpointState[];
}

interface Job {
  readonly input: Uint8Array;
  /** How often an endpoint that is alive gave no answer to it. */
  refusals: number;
  resolve(answer: EndpointAnswer): void;
  reject(error: unknown): void;
}

const firstRetryMs = 1_000;
const lastRetryMs = 30_000;

/** A smaller batch may get through: the endpoint, or a proxy in front, may not bear so much at once. */
const mayBeTheSize: ReadonlySet<EndpointFault | null> = new Set(["too-large", "timed-out", "broke-off"]);

/** A proxy's words for an endpoint that it does not reach, or not in time. */
const proxyStatuses: readonly unknown[] = [502, 504];

/**
 * One queue for several endpoints. Each that is free takes what waits, up to its batch, and leaves the
 * other free ones theirs. When a request fails its images go back to the head of the queue, so none is
 * lost, and none is answered twice; the endpoint is asked after its health, less and less often, and
 * rejoins when it is well. A batch that may be too large is halved. Images of a request that was
 * refused go alone the next time, so that one which no endpoint takes does not hold up the others.
 */
export function shareWork(endpoints: readonly SharedEndpoint[], options: ShareOptions): SharedWork {
  const { signal, wait, onChange } = options;
  const queue: Job[] = [];
  const idle = new Set<() => void>();
  const members = endpoints.map((endpoint) => new Member(endpoint, options.batchSize));
  /** Twice everywhere, as far as it goes. */
  const mostRefusals = 2 * endpoints.length;

  const wake = () => {
    for (const go of idle) go();
  };

  function take(member: Member): Job[] {
    const share = Math.ceil(queue.length / (1 + idle.size));
    const most = Math.min(member.batchSize, share);
    const alone = queue.findIndex(({ refusals }) => refusals > 0);
    return queue.splice(0, alone === 0 ? 1 : alone > 0 ? Math.min(most, alone) : most);
  }

  async function nextBatch(member: Member): Promise<Job[]> {
    for (;;) {
      if (signal.aborted) return [];
      const jobs = take(member);
      if (jobs.length > 0) return jobs;
      const woken = new Promise<() => void>((resolve) => {
        const go = () => resolve(go);
        idle.add(go);
      });
      idle.delete(await woken);
    }
  }

  async function run(member: Member, jobs: readonly Job[]): Promise<void> {
    try {
      const result = await member.endpoint.infer(
        jobs.map(({ input }) => input),
        signal,
      );
      if (result.top.length !== jobs.length) {
        throw endpointError("bad-reply", `It answered ${result.top.length} of ${jobs.length} images.`);
      }
      jobs.forEach((job, i) => {
        job.resolve(answerOf(member, result, i));
      });
      member.images += jobs.length;
    } catch (error) {
      if (signal.aborted) {
        for (const job of jobs) job.reject(aborted());
        throw error;
      }
      const fault = faultOf(error);
      if (jobs.length > 1 && mayBeTheSize.has(fault)) member.batchSize = Math.floor(jobs.length / 2);
      giveBack(jobs, error);
      // One that says so is well; with the others that is not certain.
      if (jobs.length > 1 && fault === "too-large") return;
      throw error;
    }
  }

  function giveBack(jobs: readonly Job[], error: unknown): void {
    const refused = mayBeTheInput(error, jobs.length);
    for (const job of jobs) if (refused) job.refusals++;
    for (const job of jobs) if (job.refusals >= mostRefusals) job.reject(error);
    queue.unshift(...jobs.filter(({ refusals }) => refusals < mostRefusals));
    wake();
  }

  async function serve(member: Member): Promise<void> {
    let failures = 0;
    let known = false;
    while (!signal.aborted) {
      try {
        if (!known) {
          const most = await member.endpoint.check(signal);
          member.batchSize = Math.min(member.batchSize, most);
          known = true;
        }
        if (member.become("idle")) onChange();
        const jobs = await nextBatch(member);
        if (jobs.length === 0) break;
        member.become("busy");
        onChange();
        await run(member, jobs);
        failures = 0;
      } catch (error) {
        if (signal.aborted) break;
        known = false;
        member.become("down", error);
        onChange();
        await wait(Math.min(firstRetryMs * 2 ** failures++, lastRetryMs), signal);
      }
    }
  }

  signal.addEventListener("abort", () => {
    wake();
    for (const job of queue.splice(0)) job.reject(aborted());
  });
  for (const member of members) void serve(member);

  return {
    ask(input) {
      if (signal.aborted) return Promise.reject(aborted());
      return new Promise((resolve, reject) => {
        queue.push({ input, refusals: 0, resolve, reject });
        wake();
      });
    },
    states: () => members.map((member) => member.state()),
  };
}

/** An endpoint and how it is doing. */
class Member {
  #phase: EndpointState["phase"] = "checking";
  #failure: string | null = null;
  images = 0;

  constructor(
    readonly endpoint: SharedEndpoint,
    public batchSize: number,
  ) {}

  /** Is that new? */
  become(phase: EndpointState["phase"], error: unknown = null): boolean {
    const isNew = phase !== this.#phase;
    this.#phase = phase;
    this.#failure = error === null ? null : error instanceof Error ? error.message : String(error);
    return isNew;
  }

  state(): EndpointState {
    const { images, batchSize } = this;
    return { address: this.endpoint.address, phase: this.#phase, failure: this.#failure, images, batchSize };
  }
}

function answerOf({ endpoint }: Member, { top, timeMs }: RemoteResult, i: number): EndpointAnswer {
  return {
    address: endpoint.address,
    top: [...(top[i] ?? [])],
    batch: top.length,
    totalMs: timeMs.total,
    queueMs: timeMs.queue,
    deviceMs: timeMs.device,
  };
}

const aborted = () => new StreamscopeError("aborted", "Stopped.");

const endpointError = (fault: EndpointFault, message: string) =>
  new StreamscopeError("endpoint", message, { fault });

/** May a request of so many images have failed for an image of it? If not, the endpoint cannot be used. */
function mayBeTheInput(error: unknown, images: number): boolean {
  if (!(error instanceof StreamscopeError)) return true;
  if (error.code !== "endpoint") return error.code !== "aborted";
  switch (faultOf(error)) {
    case "bad-reply":
      return true;
    case "server-error":
      return !proxyStatuses.includes(error.details.status);
    case "too-large":
    case "broke-off":
      return images === 1;
    default:
      return false;
  }
}

function faultOf(error: unknown): EndpointFault | null {
  if (!(error instanceof StreamscopeError) || error.code !== "endpoint") return null;
  return (error.details.fault as EndpointFault | undefined) ?? null;
}
