// `npm start`: installs what is missing, builds the site and serves it.
import { join } from "node:path";
import { ensurePackages, requireNode, root, run } from "./setup.mjs";

requireNode();
ensurePackages();
const vite = join(root, "node_modules", "vite", "bin", "vite.js");
run(process.execPath, [vite, "build", "--logLevel", "warn"]);
const open = process.env.CI || process.env.BROWSER === "none" ? [] : ["--open"];
run(process.execPath, [vite, "preview", ...open, ...process.argv.slice(2)]);
