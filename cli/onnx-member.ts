import { posix } from "node:path";
import { StreamscopeError } from "../src/graph/errors";

/** The file that FINN's MobileNet-v1 build takes out of its zip. */
export const officialModel = "mobilenetv1-w4a4_pre_post_tidy_opset-11.onnx";

/**
 * Which file of a zip is the model: the one called `member`, with its folders or without; if none is
 * named, the one of FINN's build, or else the only ONNX file. Throws `bad-input` with the names there are.
 */
export function chooseOnnx<Entry extends { readonly name: string }>(
  entries: readonly Entry[],
  member: string | undefined,
): Entry {
  const models = entries.filter(({ name }) => /\.onnx$/i.test(name) && !isMacMetadata(name));
  const called = (wanted: string) => {
    const exact = models.filter(({ name }) => name === wanted);
    return exact.length > 0 ? exact : models.filter(({ name }) => posix.basename(name) === wanted);
  };
  const official = called(officialModel);
  const found = member !== undefined ? called(member) : official.length > 0 ? official : models;
  const [first, second] = found;
  if (first && !second) return first;
  throw new StreamscopeError("bad-input", whyNone(models, found.length, member));
}

function whyNone(
  models: readonly { readonly name: string }[],
  found: number,
  member: string | undefined,
): string {
  if (models.length === 0) return "The zip file holds no .onnx file. Check the address.";
  const names = models.map(({ name }) => name).join(", ");
  return found === 0
    ? `The zip file holds no ${member}. It holds ${names}.`
    : `The zip file holds several models: choose one with --member. They are ${names}.`;
}

/** macOS puts a second file beside each, with its attributes. */
function isMacMetadata(name: string): boolean {
  return name.startsWith("__MACOSX/") || posix.basename(name).startsWith("._");
}
