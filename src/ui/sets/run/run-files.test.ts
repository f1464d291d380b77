import CRC32 from "crc-32";
import { beforeEach, describe, expect, test } from "vitest";
import { StreamscopeError } from "../../../graph/errors";
import type { SetFile } from "../../../inputs/image-set/image-set";
import { fakeClassification, settled } from "../../testing/fake-emulator";
import type { EndpointAnswer, FileRecord } from "./record";
import { type RunFilesOptions, runFiles } from "./run-files";

const setFile = (path: string, content: string, modifiedMs = 5): SetFile => ({
  path,
  open: async () => new File([content], path, { lastModified: modifiedMs }),
});
const input = (content: string) => new TextEncoder().encode(content);
const answer: EndpointAnswer = {
  address: "a",
  top: [1, 2, 3, 4, 5],
  batch: 1,
  totalMs: 3,
  queueMs: null,
  deviceMs: null,
};

let records: Map<string, FileRecord>;
let stop: AbortController;
let options: Omit<RunFilesOptions, "files">;
let decoded: string[];

beforeEach(() => {
  records = new Map();
  decoded = [];
  stop = new AbortController();
  options = {
    recordOf: (path) => records.get(path),
    prepare: async (file) => {
      const content = await file.text();
      decoded.push(content);
      if (content === "text") throw new StreamscopeError("bad-image", "This file holds text.");
      return fakeClassification({ input: input(content) });
    },
    emulate: async () => fakeClassification({ top: [{ index: 7, logit: 42, label: "cock" }] }),
    ask: async () => answer,
    underWay: 3,
    onRecord: (record) => void records.set(record.path, record),
    signal: stop.signal,
  };
});

describe("running files", () => {
  test("each is decoded once, and both sides get the same bytes", async () => {
    const given: Uint8Array[] = [];
    await runFiles({
      ...options,
      files: [setFile("a", "aa")],
      emulate: async (bytes, signal) => {
        given.push(bytes);
        return options.emulate!(bytes, signal);
      },
      ask: async (bytes) => {
        given.push(bytes);
        return answer;
      },
    });
    expect(decoded).toEqual(["aa"]);
    expect(given[0]).toBe(given[1]);
    expect(records.get("a")).toEqual({
      path: "a",
      size: 2,
      modifiedMs: 5,
      status: "done",
      message: null,
      inputCrc32: CRC32.buf(input("aa")) >>> 0,
      inputSha256: "961b6dd3ede3cb8ecbaacbd68de040cd78eb2ed5889130cceb4c49268ea4d506",
      emulator: { top: [7], logits: [42], engine: "WebGPU on a test adapter", runMs: 2 },
      endpoint: answer,
    });
  });

  test("broken, vanished and refused files are named, and the good ones go on", async () => {
    const gone: SetFile = {
      path: "gone",
      open: () => Promise.reject(new DOMException("gone", "NotFoundError")),
    };
    const vanishing = new File(["x"], "vanishing");
    vanishing.slice = () =>
      Object.assign(new Blob(), { arrayBuffer: () => Promise.reject(new Error("gone")) });
    await runFiles({
      ...options,
      files: [
        setFile("broken", "text"),
        gone,
        { path: "vanishing", open: async () => vanishing },
        setFile("refused", "no"),
        setFile("good", "ok"),
      ],
      prepare: async (file, signal) => {
        if (file === vanishing) throw new StreamscopeError("bad-image", "The file could not be read.");
        return options.prepare(file, signal);
      },
      ask: async (bytes) => {
        if (new TextDecoder().decode(bytes) === "no") throw new Error("The endpoint refuses it.");
        return answer;
      },
    });
    expect(
      Object.fromEntries([...records].map(([path, { status, message }]) => [path, [status, message]])),
    ).toEqual({
      broken: ["broken", "This file holds text."],
      gone: ["missing", "The file is gone, was changed, or may not be read any more."],
      vanishing: ["missing", "The file is gone, was changed, or may not be read any more."],
      refused: ["failed", "The endpoint refuses it."],
      good: ["done", null],
    });
    // What one side answered is not thrown away.
    expect(records.get("refused")).toMatchObject({ emulator: { top: [7] }, endpoint: null });
  });

  test("what is known holds as long as the file is the same; what failed is tried again", async () => {
    const files = [
      setFile("same", "1"),
      setFile("grown", "22"),
      setFile("newer", "3"),
      setFile("failed", "4"),
    ];
    await runFiles({ ...options, files });
    records.set("failed", { ...records.get("failed")!, status: "failed" });
    decoded = [];
    const now = [
      setFile("same", "1"),
      setFile("grown", "222"),
      setFile("newer", "3", 6),
      setFile("failed", "4"),
    ];
    await runFiles({ ...options, files: now });
    expect(decoded).toEqual(["222", "3", "4"]);
    expect(records.get("failed")?.status).toBe("done");
  });

  test("a bounded number is under way, however many there are", async () => {
    let open = 0;
    let most = 0;
    const answers: (() => void)[] = [];
    const running = runFiles({
      ...options,
      files: Array.from({ length: 50 }, (_, i) => setFile(`${i}`, "x")),
      ask: async () => {
        most = Math.max(most, ++open);
        await new Promise<void>((resolve) => answers.push(resolve));
        open--;
        return answer;
      },
    });
    while (records.size < 50) {
      await settled();
      for (const go of answers.splice(0)) go();
    }
    await running;
    expect(most).toBe(3);
  });

  test("stopping gives up what is under way, without a record", async () => {
    const running = runFiles({
      ...options,
      files: [setFile("a", "1"), setFile("b", "2")],
      emulate: (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(new StreamscopeError("aborted", "Stopped.")));
        }),
    });
    await settled();
    stop.abort();
    await running;
    expect(records.size).toBe(0);
  });
});
