import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hasPackages } from "./installed.mjs";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "streamscope-"));
  await mkdir(join(folder, "node_modules"));
  await writeFile(
    join(folder, "package-lock.json"),
    JSON.stringify({
      packages: {
        "": { name: "app" },
        "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
        "node_modules/a-windows": { version: "1.0.0", integrity: "sha512-w", optional: true },
      },
    }),
  );
});
afterEach(() => rm(folder, { recursive: true }));

const installed = (packages: object) =>
  writeFile(join(folder, "node_modules", ".package-lock.json"), JSON.stringify({ packages }));

test("what the lock file names is there; the packages of another system need not be", async () => {
  await installed({ "node_modules/a": { version: "1.0.0", integrity: "sha512-a" } });
  expect(hasPackages(folder)).toBe(true);
});

test.each([
  { what: "a package is missing", packages: {} },
  {
    what: "a package has another version",
    packages: { "node_modules/a": { version: "0.9.0", integrity: "sha512-b" } },
  },
  {
    what: "an optional package has another version",
    packages: {
      "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
      "node_modules/a-windows": { version: "0.9.0", integrity: "sha512-v" },
    },
  },
])("not if $what", async ({ packages }) => {
  await installed(packages);
  expect(hasPackages(folder)).toBe(false);
});

test("not before npm was done", () => {
  expect(hasPackages(folder)).toBe(false);
});
