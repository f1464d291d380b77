import { StreamscopeError } from "../graph/errors";
import { type PickedFile, pickFile } from "./pick-file";

/** What we use of a DataTransfer, and of its items. It can be read only while its event is handled. */
export interface Transfer {
  readonly items: ArrayLike<TransferItem>;
  getData(type: string): string;
}

export interface TransferItem {
  readonly kind: string;
  getAsFile(): File | null;
  webkitGetAsEntry?(): { readonly isDirectory: boolean } | null;
}

/**
 * The picture file of a drop.
 *
 * Throws StreamscopeError `bad-image` when there is none, saying what was dropped instead.
 */
export const pictureFromDrop = (transfer: Transfer | null): PickedFile =>
  pictureFrom(transfer, {
    nothing: "Nothing was dropped. Drop a picture file.",
    folder: "Drop a picture, not a folder.",
    link: "That is a link, and this page fetches nothing by itself. Save the picture first, then drop the file.",
    text: "That is text, not a picture. Drop a picture file.",
  });

/**
 * The picture of a paste: a copied file, or a copied image, which browsers hand over as a file.
 *
 * Throws StreamscopeError `bad-image` when there is none, saying what the clipboard holds instead.
 */
export const pictureFromPaste = (transfer: Transfer | null): PickedFile =>
  pictureFrom(transfer, {
    nothing: "The clipboard holds no picture. Copy a picture first.",
    folder: "The clipboard holds a folder. Copy a picture, not a folder.",
    link: "The clipboard holds a link, and this page fetches nothing by itself. Copy the picture, not its address.",
    text: "The clipboard holds text, not a picture. Copy a picture first.",
  });

type Sentences = Readonly<Record<"nothing" | "folder" | "link" | "text", string>>;

function pictureFrom(transfer: Transfer | null, sentences: Sentences): PickedFile {
  if (!transfer) throw new StreamscopeError("bad-image", sentences.nothing);
  const files: File[] = [];
  let folders = 0;
  for (const item of Array.from(transfer.items)) {
    if (item.kind !== "file") continue;
    const file = item.getAsFile();
    // A folder passes as a file too, and would fail only when it is read.
    if (item.webkitGetAsEntry?.()?.isDirectory) folders++;
    else if (file) files.push(file);
  }
  if (files.length > 0) return pickFile(files);
  throw new StreamscopeError("bad-image", sentences[folders > 0 ? "folder" : kindOfText(transfer)]);
}

function kindOfText(transfer: Transfer): "link" | "text" | "nothing" {
  const text = transfer.getData("text/plain").trim();
  if (transfer.getData("text/uri-list") || /^(https?|data|blob|file):\S+$/i.test(text)) return "link";
  return text || transfer.getData("text/html") ? "text" : "nothing";
}
