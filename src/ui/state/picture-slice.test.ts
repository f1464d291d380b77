import { expect, test } from "vitest";
import type { Failure } from "../session/failure";
import { fakeClassification } from "../testing/fake-emulator";
import { fakePicture } from "../testing/fake-picture";
import {
  begin,
  fail,
  noPicture,
  type PictureState,
  pictureOnStage,
  refuse,
  standing,
  succeed,
} from "./picture-slice";

const failure: Failure = { code: "bad-image", message: "No picture.", remedy: "another-picture" };
const cat = fakePicture("cat");
const dog = fakePicture("dog");

/** The state after some steps. */
function after(...steps: ((state: PictureState) => Partial<PictureState>)[]): PictureState {
  let state = noPicture;
  for (const step of steps) state = { ...state, ...step(state) };
  return state;
}
const catShown = [
  (state: PictureState) => begin(state, 1, cat),
  (state: PictureState) => succeed(state, 1, fakeClassification()),
];

test("nothing is on stage at first", () => {
  expect(standing(noPicture)).toBe("none");
  expect(pictureOnStage(noPicture)).toBeNull();
});

test("a new picture takes the stage while the result is still the former one's", () => {
  const state = after(...catShown, (s) => begin(s, 2, dog));
  expect(pictureOnStage(state)).toBe(dog);
  expect(standing(state)).toBe("former");
});

test("a failed picture gives the stage back to the one whose result is there", () => {
  const state = after(
    ...catShown,
    (s) => begin(s, 2, dog),
    (s) => fail(s, 2, failure),
  );
  expect(pictureOnStage(state)).toBe(cat);
  expect(standing(state)).toBe("former");
  expect(state.attempt?.failure).toBe(failure);
});

test("a failed first picture keeps the stage", () => {
  const state = after(
    (s) => begin(s, 1, cat),
    (s) => fail(s, 1, failure),
  );
  expect(pictureOnStage(state)).toBe(cat);
  expect(standing(state)).toBe("none");
});

test("answers to older attempts change nothing", () => {
  const state = after(
    (s) => begin(s, 1, cat),
    (s) => begin(s, 2, dog),
  );
  expect(succeed(state, 1, fakeClassification())).toEqual({});
  expect(fail(state, 1, failure)).toEqual({});
});

test("the same picture again is not a former one", () => {
  expect(standing(after(...catShown, (s) => begin(s, 2, cat)))).toBe("same-picture");
});

test("what is no picture is refused beside the picture, until the next one", () => {
  const refused = after(...catShown, () => refuse(failure));
  expect(refused.refusal).toBe(failure);
  expect(standing(refused)).toBe("current");
  expect({ ...refused, ...begin(refused, 2, dog) }.refusal).toBeNull();
});
