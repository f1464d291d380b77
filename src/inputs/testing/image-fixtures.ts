/** fixtures/images for browser tests; see its make_images.py for the fields. */
import list from "../../../fixtures/images/images.json";

export interface ImageFixture {
  readonly file: string;
  readonly expect: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly frames?: number;
  /** x, y, red, green, blue of the upright picture. */
  readonly pixels?: readonly (readonly number[])[];
  readonly tolerance?: number;
  readonly rgbSha256?: string;
  readonly cropSha256?: string;
}

export const imageFixtures: readonly ImageFixture[] = list.images;

const urls = import.meta.glob<string>(
  ["../../../fixtures/images/*", "../../../fixtures/decoded/*.png", "!**/*.py", "!**/*.json"],
  { query: "?url", import: "default", eager: true },
);

/** Fetches a file of `fixtures/`, by its path there. */
export async function fixtureFile(path: string): Promise<Blob> {
  const url = urls[`../../../fixtures/${path}`];
  if (!url) throw new Error(`fixtures/${path} does not exist`);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: status ${response.status}`);
  return response.blob();
}

export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
