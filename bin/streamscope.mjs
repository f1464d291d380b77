#!/usr/bin/env node
// `npx streamscope <command>`: installs what is missing, then runs the command line in this process,
// so that exit codes and signals are its own. Plain JavaScript, because it runs before there is a
// TypeScript loader.
import { join } from "node:path";
import { ensurePackages, requireNode, root } from "../tools/setup.mjs";

requireNode();
ensurePackages();
const { register } = await import("tsx/esm/api");
// By its path: tsx would look for one in the folder that the command is called in.
register({ tsconfig: join(root, "tsconfig.json") });
await import("../cli/streamscope.ts");
