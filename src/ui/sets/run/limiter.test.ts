import { expect, test } from "vitest";
import { settled } from "../../testing/fake-emulator";
import { limiter } from "./limiter";

test("so many run at once, the others in their order, also after one that failed", async () => {
  const limited = limiter(2);
  const begun: number[] = [];
  const ends: ((fails: boolean) => void)[] = [];
  const all = [0, 1, 2, 3].map((n) =>
    limited(() => {
      begun.push(n);
      return new Promise<number>((resolve, reject) => ends.push((fails) => (fails ? reject(n) : resolve(n))));
    }),
  );
  const outcomes = Promise.allSettled(all);
  await settled();
  expect(begun).toEqual([0, 1]);
  ends[1]?.(true);
  await settled();
  expect(begun).toEqual([0, 1, 2]);
  ends[0]?.(false);
  ends[2]?.(false);
  await settled();
  ends[3]?.(false);
  expect((await outcomes).map(({ status }) => status)).toEqual([
    "fulfilled",
    "rejected",
    "fulfilled",
    "fulfilled",
  ]);
});
