import fc from "fast-check";
import { expect, test } from "vitest";
import { agreementOf } from "./agreement";

const top = fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 5, maxLength: 5 });

test("the three senses, by example", () => {
  const emulated = [388, 387, 295, 294, 297];
  expect(agreementOf(emulated, [388, 387, 295, 294, 297])).toEqual({
    sameFirst: true,
    sameSet: true,
    sameOrder: true,
  });
  expect(agreementOf(emulated, [388, 295, 387, 294, 297])).toEqual({
    sameFirst: true,
    sameSet: true,
    sameOrder: false,
  });
  expect(agreementOf(emulated, [388, 387, 295, 294, 1])).toEqual({
    sameFirst: true,
    sameSet: false,
    sameOrder: false,
  });
  expect(agreementOf(emulated, [387, 388, 295, 294, 297])).toEqual({
    sameFirst: false,
    sameSet: true,
    sameOrder: false,
  });
});

test("an answer agrees with itself in every sense", () => {
  fc.assert(
    fc.property(top, (one) => {
      expect(agreementOf(one, [...one])).toEqual({ sameFirst: true, sameSet: true, sameOrder: true });
    }),
  );
});

test("which side is asked first does not matter", () => {
  fc.assert(
    fc.property(top, top, (one, other) => {
      expect(agreementOf(one, other)).toEqual(agreementOf(other, one));
    }),
  );
});

test("the same order is the same set and the same first; another order of a set is that set", () => {
  const shuffled = top.chain((one) =>
    fc.tuple(fc.constant(one), fc.shuffledSubarray(one, { minLength: 5, maxLength: 5 })),
  );
  fc.assert(
    fc.property(shuffled, ([one, other]) => {
      const { sameFirst, sameSet, sameOrder } = agreementOf(one, other);
      expect(sameSet).toBe(true);
      expect(sameOrder).toBe(one.join() === other.join());
      expect(sameFirst).toBe(one[0] === other[0]);
    }),
  );
  fc.assert(
    fc.property(top, top, (one, other) => {
      const { sameFirst, sameSet, sameOrder } = agreementOf(one, other);
      if (sameOrder) expect(sameFirst && sameSet).toBe(true);
      expect(sameSet).toBe([...one].sort().join() === [...other].sort().join());
    }),
  );
});

test("a shorter list is no agreement beyond its first", () => {
  expect(agreementOf([1, 2, 3], [1, 2])).toEqual({ sameFirst: true, sameSet: false, sameOrder: false });
  expect(agreementOf([], [])).toEqual({ sameFirst: false, sameSet: true, sameOrder: true });
});
