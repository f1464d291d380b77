/**
 * What a file that is no ONNX model is, as far as its first bytes tell: a sentence with what to do;
 * null if they tell nothing.
 */
export function describeForeignModel(bytes: Uint8Array): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, 512));
  const text = start.trimStart();
  if (/^(<!doctype html|<html|<head|<body)/i.test(text)) {
    return "This is a web page, not a model. Take the address of the file itself (on GitHub: Raw or Download), or download the file and open it here.";
  }
  if (text.startsWith("version https://git-lfs")) {
    return "This is a Git LFS pointer, which only names the model. Download the file itself (git lfs pull, or GitHub’s Download).";
  }
  const known = signatures.find(([signature, at]) => start.startsWith(signature, at));
  if (known) return known[2];
  if (/^[{[]/.test(text)) return "This is a JSON file, not a model. Open the .onnx file.";
  return null;
}

const exportFirst = "Export it to ONNX first (Brevitas: export_qonnx).";

const signatures: readonly (readonly [signature: string, at: number, sentence: string])[] = [
  [
    "PK\x03\x04",
    0,
    `This is a ZIP archive or a PyTorch file. Unpack the archive and open the .onnx file in it; a PyTorch model must be exported to ONNX first.`,
  ],
  ["\x80\x02", 0, `This is a PyTorch or pickle file. ${exportFirst}`],
  ["\x1f\x8b", 0, "This is a gzip archive. Unpack it and open the .onnx file in it."],
  ["\x89HDF", 0, `This is a Keras file. ${exportFirst}`],
  ["TFL3", 4, `This is a TensorFlow Lite model. ${exportFirst}`],
  ["GGUF", 0, "This is a GGUF language model, which FINN has no hardware for."],
  ["\x89PNG", 0, "This is a picture. Photos are opened in the Classify view; here models are (.onnx)."],
  ["\xff\xd8\xff", 0, "This is a picture. Photos are opened in the Classify view; here models are (.onnx)."],
  ["%PDF-", 0, "This is a PDF document, not a model. Open the .onnx file."],
];
