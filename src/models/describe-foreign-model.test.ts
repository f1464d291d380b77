import { expect, test } from "vitest";
import { describeForeignModel } from "./describe-foreign-model";

const bytes = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

test.each([
  ["\n<!DOCTYPE html><html>", "a web page"],
  ["<html lang=en>", "a web page"],
  ["version https://git-lfs.github.com/spec/v1\noid sha256:0", "Git LFS"],
  ["PK\x03\x04rest", "ZIP archive"],
  ["\x80\x02\x8a", "PyTorch"],
  ["\x1f\x8b\x08", "gzip"],
  ["\x89HDF\r\n", "Keras"],
  ["\x1c\0\0\0TFL3", "TensorFlow Lite"],
  ["GGUF\x03", "GGUF"],
  ["\x89PNG\r\n", "picture"],
  ["\xff\xd8\xff\xe0", "picture"],
  ["%PDF-1.7", "PDF"],
  ['{"model": 1}', "JSON"],
])("%j is known", (text, expected) => {
  expect(describeForeignModel(bytes(text))).toContain(expected);
});

test.each(["", "\x08\x08\x12\x07pytorch", "words"])("of %j nothing is known", (text) => {
  expect(describeForeignModel(bytes(text))).toBeNull();
});
