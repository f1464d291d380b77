import { expect, test } from "vitest";
import { pictureFileName } from "./picture-file-name";

test.each([
  [["Cycles a frame, node by node", "U250"], "svg", "streamscope-cycles-a-frame-node-by-node-u250.svg"],
  [["logits", null], "png", "streamscope-logits.png"],
  [["MVAU_hls_0", "../../etc", "猫"], "svg", "streamscope-mvau_hls_0-etc.svg"],
] as const)("%j as %s is %s", (words, type, name) => expect(pictureFileName(words, type)).toBe(name));
