import { join } from "node:path";
import { expect, test } from "vitest";
import { modelRefresh } from "./command";
import { places } from "./places";

async function told(...args: string[]) {
  const said: string[] = [];
  const output = { print: () => {}, complain: (line: string) => void said.push(line) };
  return { code: await modelRefresh(args, "nowhere", output), said };
}

test("a file that is not there is said in a sentence: the one named, or else the fixture", async () => {
  expect(await told("gone.onnx")).toEqual({ code: 1, said: ["gone.onnx: no such file."] });
  const fixture = join("nowhere", places.source);
  expect(await told()).toEqual({ code: 1, said: [`${fixture}: no such file.`] });
});

test.each([[["one.onnx", "two.onnx"]], [["--help"]]])("%s shows how it is used", async (args) => {
  expect(await told(...args)).toEqual({
    code: 2,
    said: ["Usage: npm run model:refresh [-- SOURCE.onnx[.gz]]"],
  });
});
