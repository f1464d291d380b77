import { classFinder } from "./class-finder";
import { folderName } from "./image-set";
import { type ClassSpace, type Labelling, troublesOf } from "./labelling";

const wordNetId = /^n\d{8}$/;
/** ImageNet's classes are numbered in the order of their WordNet ids; only all of them together tell the places. */
const imageNetClasses = 1000;

/**
 * Labels by the folder that a picture is in: a class's index or name, or its WordNet id
 * ("n01440764"), if folders of exactly a thousand such ids are there and the network has as many
 * classes; it is then taken to be ImageNet's own order.
 */
export function labelByFolder(paths: readonly string[], space: ClassSpace): Labelling {
  const folders = new Set(paths.map(folderName).filter((name) => name !== null));
  const places = wordNetPlaces(folders, space);
  const find = classFinder(space);
  const found = { index: 0, name: 0, wordnet: 0 };
  const classes = new Map<string, number>();
  for (const folder of folders) {
    const place = places.get(folder);
    const named = place === undefined ? find(folder) : { index: place, way: "wordnet" as const };
    if (!named) continue;
    classes.set(folder, named.index);
    found[named.way]++;
  }
  const labels = new Map<string, number>();
  for (const path of paths) {
    const index = classes.get(folderName(path) ?? "");
    if (index !== undefined) labels.set(path, index);
  }
  const troubles = troublesOf({
    "unknown-folder": [...folders].filter((folder) => !classes.has(folder)).sort(),
    "top-of-set": paths.filter((path) => folderName(path) === null),
  });
  return { labels, found, troubles };
}

function wordNetPlaces(folders: ReadonlySet<string>, { classes }: ClassSpace): ReadonlyMap<string, number> {
  const ids = [...folders].filter((name) => wordNetId.test(name)).sort();
  if (classes !== imageNetClasses || ids.length !== imageNetClasses) return new Map();
  return new Map(ids.map((id, place) => [id, place]));
}
