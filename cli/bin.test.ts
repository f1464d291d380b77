import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import packageJson from "../package.json" with { type: "json" };

const program = fileURLToPath(new URL(`../${packageJson.bin.streamscope}`, import.meta.url));

/** Runs what `npx streamscope` runs, in a folder outside the repository. */
function streamscope(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: tmpdir(),
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

test("prints the result and nothing else, from any folder", () => {
  expect(streamscope("--version")).toEqual({ status: 0, stdout: `${packageJson.version}\n`, stderr: "" });
});

test("passes on that a command failed", () => {
  expect(streamscope("compile", "nowhere.onnx")).toEqual({
    status: 1,
    stdout: "",
    stderr: "nowhere.onnx: no such file.\n",
  });
});
