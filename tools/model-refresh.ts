// `npm run model:refresh [-- SOURCE.onnx[.gz]]`: remakes the package that ships and all that tests expect
// of it, from the exported network. See CONTRIBUTING.md.
import { terminal } from "../cli/output";
import { modelRefresh } from "./model-refresh/command";
import { root } from "./setup.mjs";

process.exitCode = await modelRefresh(process.argv.slice(2), root, terminal);
