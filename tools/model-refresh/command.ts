import type { Output } from "../../cli/output";
import { explain } from "../../cli/run";
import { refreshModel } from "./refresh";

/** `npm run model:refresh [-- SOURCE.onnx[.gz]]`. Returns the exit code: 0, 1 after an error that it told, 2 for wrong use. */
export async function modelRefresh(args: readonly string[], root: string, output: Output): Promise<number> {
  const [source, ...more] = args;
  if (more.length > 0 || source?.startsWith("-")) {
    output.complain("Usage: npm run model:refresh [-- SOURCE.onnx[.gz]]");
    return 2;
  }
  try {
    await refreshModel(root, source ?? null, output);
    return 0;
  } catch (error) {
    output.complain(explain(error));
    return 1;
  }
}
