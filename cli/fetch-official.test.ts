import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { zipSync } from "fflate";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fixtureInput, goldens, readFixture } from "../src/compiler/testing/fixtures";
import { readManifest, readPackage } from "../src/graph/package/read";
import { sha256Hex } from "../src/graph/package/sha256";
import type { Output } from "./output";
import { run } from "./run";
import { type LocalServer, serveBadly } from "./testing/misbehaving-server";
import { npyFile } from "./testing/npy-file";

// A thin network of the official one's form, under the official one's name.
const official = "mobilenetv1-w4a4_pre_post_tidy_opset-11.onnx";
const model = Uint8Array.from(readFixture("mnv1_finn_opset11.onnx"));
const zip = zipSync({
  "onnx-models/README.md": new Uint8Array(10),
  "onnx-models/mobilenetv1-w4a4_pre_post_tidy.onnx": new Uint8Array(10),
  [`onnx-models/${official}`]: model,
});

/** An image, and the classes that qonnx's executor has for it, best first. */
const { image, classes } = (() => {
  const golden = goldens();
  const fixture = golden.fixtures.find(({ file }) => file === "mnv1_finn_opset11.onnx")!;
  const [{ kind, seed, logitsInt }] = fixture.results as [(typeof fixture.results)[number]];
  const order = Array.from(logitsInt.keys()).sort((a, b) => logitsInt[b]! - logitsInt[a]! || a - b);
  return { image: fixtureInput(golden.networks.mnv1!, "raw", kind, seed), classes: order.slice(0, 5) };
})();

let server: LocalServer;
beforeAll(async () => {
  server = await serveBadly(zip);
});
afterAll(() => server.close());

let folder: string;
let vector: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "streamscope-"));
  vector = join(folder, "input.npy");
  await writeFile(vector, npyFile(image.shape, Float32Array.from(image.data)));
});
afterEach(() => rm(folder, { recursive: true }));

async function fetchOfficial(...args: string[]) {
  const printed: string[] = [];
  const complained: string[] = [];
  const shown: string[] = [];
  const output: Output = {
    print: (line) => printed.push(line),
    complain: (line) => complained.push(line),
    progress: (line) => shown.push(line),
  };
  const code = await run(["fetch-official", ...args], output);
  return { code, printed: printed.join("\n"), complained: complained.join("\n"), shown };
}

describe("fetch-official", () => {
  test("downloads, checks, compiles and writes a package", async () => {
    const out = join(folder, "package");
    const { code, printed, complained, shown } = await fetchOfficial(
      ...["--url", `${server.url}/moved`, "--sha256", sha256Hex(zip).toUpperCase(), "--out", out],
      ...["--vector", vector, "--expect", classes.join(",")],
    );
    expect(complained).toBe("");
    expect(code).toBe(0);
    expect(printed).toContain(`SHA-256 ${sha256Hex(zip)}`);
    expect(printed).toContain(`${official}: 124,817 bytes, SHA-256 ${sha256Hex(model)}`);
    expect(printed).toContain(`input.npy are ${classes.join(", ")}, as expected.`);
    expect(shown).toContain("downloading 100 %");
    expect(shown.at(-1)).toBe("");
    const manifest = readManifest(await readFile(join(out, "manifest.json"), "utf8"));
    const { graph, sourceSha256 } = readPackage(manifest, await readFile(join(out, "weights.bin")));
    expect(graph.name).toBe("mobilenetv1-w4a4_pre_post_tidy_opset-11");
    expect(sourceSha256).toBe(sha256Hex(model));
  });

  test("prints one JSON object if asked, of a plain ONNX file too", async () => {
    const file = join(folder, "net.onnx");
    await writeFile(file, model);
    const uint8 = join(folder, "uint8.npy");
    await writeFile(uint8, npyFile(image.shape, Uint8Array.from(image.data)));
    const { code, printed } = await fetchOfficial(
      ...["--url", file, "--json", "--vector", uint8, "--expect", classes.join(", ")],
    );
    expect(code).toBe(0);
    expect(JSON.parse(printed)).toMatchObject({
      source: { url: file, sha256: sha256Hex(model), model: { name: "net.onnx", bytes: model.length } },
      name: "net",
      vector: { expected: classes, found: classes, agrees: true },
      out: null,
    });
  });

  test("writes nothing if the vector's classes are others, or come in another order, and says both", async () => {
    const [first, second, ...others] = classes;
    const expected = [second, first, ...others];
    const out = join(folder, "package");
    const args = ["--url", `${server.url}/file`, "--vector", vector, "--out", out];
    const swapped = await fetchOfficial(...args, "--expect", expected.join(","));
    expect(swapped.code).toBe(1);
    expect(swapped.complained).toContain(
      `input.npy are ${classes.join(", ")}, but ${expected.join(", ")} are expected; nothing was written.`,
    );
    // Those of the official network, which this one is not.
    const json = await fetchOfficial(...args, "--json");
    expect(json.code).toBe(1);
    expect(JSON.parse(json.printed)).toMatchObject({
      vector: { expected: [391, 0, 395, 394, 389], found: classes, agrees: false },
      out: null,
    });
    expect(await readdir(folder)).toEqual(["input.npy"]);
  });

  test.each([
    { path: "/nowhere", says: "no such file (status 404)" },
    { path: "/stall", args: ["--timeout", "0.1"], says: "sent nothing for 0.1 s" },
    { path: "/truncated", says: "broke off after" },
    { path: "/huge", says: "larger than 200 MB" },
    { path: "/page", says: "is a web page" },
    { path: "/file", args: ["--sha256", "0".repeat(64)], says: "this is another file" },
    { path: "/file", args: ["--member", "other.onnx"], says: "holds no other.onnx. It holds" },
    {
      path: "/file",
      args: ["--member", "mobilenetv1-w4a4_pre_post_tidy.onnx"],
      says: "onnx-models/mobilenetv1",
    },
  ])("a sentence, and nothing is written: $path $args", async ({ path, args = [], says }) => {
    const out = join(folder, "package");
    const { code, complained } = await fetchOfficial("--url", server.url + path, "--out", out, ...args);
    expect(code).toBe(1);
    expect(complained).toContain(says);
    expect(complained).not.toMatch(/\n|fault in Streamscope/);
    expect(await readdir(folder)).toEqual(["input.npy"]);
  });

  test.each([
    { what: "a zip that is cut off", bytes: zip.subarray(0, -30), says: "damaged or cut off" },
    {
      what: "a zip without a model",
      bytes: zipSync({ "a.txt": new Uint8Array(1) }),
      says: "holds no .onnx file",
    },
    { what: "no file that we know", bytes: Buffer.from("{}"), says: "damaged" },
  ])("$what", async ({ bytes, says }) => {
    const file = join(folder, "download");
    await writeFile(file, bytes);
    const { code, complained } = await fetchOfficial("--url", file);
    expect(code).toBe(1);
    expect(complained).toContain("download: ");
    expect(complained).toContain(says);
  });

  test.each([
    {
      what: "scaled to 0..1",
      bytes: npyFile(
        image.shape,
        Float32Array.from(image.data, (value) => value / 255),
      ),
      says: "reads integers from 0 to 255",
    },
    {
      what: "with channels last",
      bytes: npyFile([1, 224, 224, 3], Float32Array.from(image.data)),
      says: "has the shape 1x224x224x3, but",
    },
    { what: "that is no NumPy file", bytes: Buffer.from("text, text, text"), says: "is no NumPy file" },
  ])("a vector $what is refused", async ({ bytes, says }) => {
    await writeFile(vector, bytes);
    const { code, complained } = await fetchOfficial("--url", `${server.url}/file`, "--vector", vector);
    expect(code).toBe(1);
    expect(complained).toContain("input.npy: ");
    expect(complained).toContain(says);
  });

  test.each([
    { args: ["--sha256", "abc"], says: "64 hexadecimal digits" },
    { args: ["--vector", "a.npy", "--expect", "1;2"], says: "class numbers with commas" },
    { args: ["--expect", "1,2"], says: "--expect needs --vector" },
    { args: ["--vector", "nowhere.npy"], says: "nowhere.npy: no such file." },
    { args: ["--url", "nowhere.zip"], says: "nowhere.zip: no such file." },
  ])("$args: $says", async ({ args, says }) => {
    const { code, complained } = await fetchOfficial(...args);
    expect(code).toBe(1);
    expect(complained).toContain(says);
  });

  test("Ctrl-C ends it in the middle of a download, and nothing is written", async () => {
    const program = fileURLToPath(new URL("../bin/streamscope.mjs", import.meta.url));
    const asked = once(server.requests, "/stall");
    const args = [program, "fetch-official", "--url", `${server.url}/stall`, "--out", "package"];
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
    const said = child.stderr.setEncoding("utf8").toArray();
    const ended = once(child, "exit");
    await Promise.race([asked, ended]);
    child.kill("SIGINT");
    const [code] = await ended;
    expect({ code, said: (await said).join("") }).toEqual({ code: 130, said: "Stopped.\n" });
    expect(await readdir(folder)).toEqual(["input.npy"]);
  });
});
