import { readManifest, readPackage } from "../../graph/package/read";

/** For browser tests: the package that is shipped, as the page fetches it. */
export async function shippedPackage() {
  const folder = "/models/mobilenetv1-w4a4";
  const manifest = readManifest(await (await fetch(`${folder}/manifest.json`)).text());
  const binary = await (await fetch(`${folder}/${manifest.binary.file}`)).arrayBuffer();
  return readPackage(manifest, new Uint8Array(binary));
}
