import fc from "fast-check";
import { expect, test } from "vitest";
import { concatenate, readBody } from "./read-body";

const chunks = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 10 });

/** A response whose body comes in these pieces. */
const inPieces = (pieces: readonly Uint8Array<ArrayBuffer>[]) =>
  new Response(
    new ReadableStream({
      start(controller) {
        for (const piece of pieces) controller.enqueue(piece);
        controller.close();
      },
    }),
  );

test("however a body is split, it is the same; of a longer one the beginning", async () => {
  await fc.assert(
    fc.asyncProperty(chunks, fc.nat(200), async (pieces, maxBytes) => {
      const all = concatenate(pieces);
      const { bytes, whole } = await readBody(
        inPieces(pieces.map((piece) => Uint8Array.from(piece))),
        maxBytes,
      );
      expect(whole).toBe(all.length <= maxBytes);
      expect(bytes).toEqual(all.slice(0, maxBytes));
    }),
  );
});

test("an endless body is hung up on", async () => {
  let cancelled = false;
  const endless = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(1000)),
    cancel: () => {
      cancelled = true;
    },
  });
  const { bytes, whole } = await readBody(new Response(endless), 2500);
  expect([bytes.length, whole, cancelled]).toEqual([2500, false, true]);
});

test("a reply without a body has no bytes", async () => {
  expect(await readBody(new Response(null), 10)).toEqual({ bytes: new Uint8Array(), whole: true });
});
