import { expect, it } from "vitest";
import { RunQueue } from "./run-queue";

/** A job that ends when told to. */
function openJob() {
  let resolve: (value: string) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<string>((...settle) => {
    [resolve, reject] = settle;
  });
  let started = false;
  const job = () => {
    started = true;
    return promise;
  };
  return { job, resolve, reject, started: () => started };
}

const microtasks = () => new Promise((resolve) => setTimeout(resolve));

it("starts a job only when the one before has ended, well or badly", async () => {
  const queue = new RunQueue();
  const [first, second] = [openJob(), openJob()];
  const results = Promise.allSettled([queue.add(first.job), queue.add(second.job)]);
  await microtasks();
  expect([first.started(), second.started()]).toEqual([true, false]);
  first.reject(new Error("broken"));
  await microtasks();
  expect(second.started()).toBe(true);
  second.resolve("fine");
  expect((await results).map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
});

it("never starts a job whose signal fired while it waited", async () => {
  const queue = new RunQueue();
  const [first, second] = [openJob(), openJob()];
  const controller = new AbortController();
  const results = Promise.allSettled([queue.add(first.job), queue.add(second.job, controller.signal)]);
  controller.abort();
  first.resolve("fine");
  expect((await results)[1]).toMatchObject({ status: "rejected", reason: { code: "aborted" } });
  expect(second.started()).toBe(false);
});

it("refuses waiting and later jobs once closed", async () => {
  const queue = new RunQueue();
  const [first, second, third] = [openJob(), openJob(), openJob()];
  const results = Promise.allSettled([queue.add(first.job), queue.add(second.job)]);
  await microtasks();
  let closed = false;
  const closing = queue.close().then(() => {
    closed = true;
  });
  await microtasks();
  expect(closed).toBe(false);
  first.resolve("fine");
  await closing;
  expect((await results).map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  await expect(queue.add(third.job)).rejects.toMatchObject({ code: "engine-failed" });
  expect([second.started(), third.started()]).toEqual([false, false]);
});
