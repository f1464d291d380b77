import { update as change, clear, createStore, entries, get, set, setMany } from "idb-keyval";
import { type FileRecord, readRecord } from "./record";
import { type RunHeader, readHeader } from "./run-header";

export interface KeptRun {
  readonly header: RunHeader;
  readonly records: readonly FileRecord[];
}

/** Keeps the last run over a reload, one at a time. A store that fails is as good as an empty one, and says so. */
export interface RunStore {
  get(): Promise<KeptRun | null>;
  /** Takes the place of the run that was kept before. Was it kept? */
  begin(header: RunHeader): Promise<boolean>;
  /** Changes the header of the run that is kept. Was it kept? */
  update(header: RunHeader): Promise<boolean>;
  /** Were they all kept? */
  put(runId: string, records: readonly FileRecord[]): Promise<boolean>;
  drop(): Promise<void>;
}

const key = "run";

/** @param name of the databases; tests have theirs */
export function browserRunStore(name = "streamscope-set"): RunStore {
  const header = createStore(`${name}-run`, "run");
  // By run and path: another tab may have begun another run.
  const records = createStore(`${name}-records`, "records");
  const kept = async (work: () => Promise<void>) => {
    try {
      await work();
      return true;
    } catch {
      return false;
    }
  };
  return {
    async get() {
      try {
        const found = readHeader(await get<unknown>(key, header));
        if (!found) return null;
        const all = await entries<[string, string], unknown>(records);
        return {
          header: found,
          records: all
            .filter(([[runId]]) => runId === found.id)
            .map(([, value]) => readRecord(value))
            .filter((record) => record !== null),
        };
      } catch {
        return null;
      }
    },
    begin: (run) =>
      kept(async () => {
        // In one step, so that a change of this header right after it finds it. Records of other runs
        // that are still there are nobody's.
        await set(key, run, header);
        await clear(records);
      }),
    update: (run) =>
      kept(async () => {
        await change<unknown>(
          key,
          (found) => {
            if (readHeader(found)?.id !== run.id) throw new Error("another run has taken its place");
            return run;
          },
          header,
        );
      }),
    put: (runId, batch) =>
      kept(() =>
        setMany(
          batch.map((record) => [[runId, record.path], record]),
          records,
        ),
      ),
    async drop() {
      await kept(async () => {
        await clear(header);
        await clear(records);
      });
    },
  };
}
