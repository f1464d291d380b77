import { StreamscopeError } from "../../graph/errors";
import { fileName, type ImageSet } from "../../inputs/image-set/image-set";
import { labelByFolder } from "../../inputs/image-set/label-by-folder";
import { labelByList } from "../../inputs/image-set/label-by-list";
import { type ClassSpace, type Labelling, noLabels } from "../../inputs/image-set/labelling";
import type { LabelSource } from "../sets/run/run-header";
import type { AppStore } from "../state/store";
import { modelNeeds } from "./endpoint-queries";

const maxListBytes = 50e6;

/** Lists that come with data sets are called so; others are there to be chosen. */
const likelyList = /^(val|valid|validation|test|train|labels?|ground[ _-]?truth)\b/i;

/** Finds the labels of a set for the classes of the model in use. */
export interface SetLabels {
  /** Where the labels most likely are: the folders, a list that is called like one, or nowhere. */
  guess(images: ImageSet): Promise<{ readonly source: LabelSource; readonly labelling: Labelling }>;
  /** Throws `bad-input` for a list that cannot be read. */
  read(images: ImageSet, source: LabelSource): Promise<Labelling>;
  /** Takes a list from beside the folder; `read` its source then. */
  bring(file: File): LabelSource;
  /** Another set has other lists. */
  forget(): void;
}

export function createSetLabels(store: AppStore): SetLabels {
  let brought: File | null = null;

  function classes(): ClassSpace {
    const { lastModel } = store.getState();
    return lastModel
      ? { classes: modelNeeds(lastModel).classes, names: lastModel.labels }
      : { classes: 0, names: null };
  }

  async function listText(images: ImageSet, name: string): Promise<string> {
    const file =
      brought?.name === name ? brought : await images.lists.find(({ path }) => path === name)?.open();
    if (!file)
      throw new StreamscopeError("bad-input", `The list ${name} is not there any more. Choose it again.`);
    if (file.size > maxListBytes) {
      throw new StreamscopeError(
        "bad-input",
        `${name} is too large for a list of labels. Choose another one.`,
      );
    }
    return file.text();
  }

  async function read(images: ImageSet, source: LabelSource): Promise<Labelling> {
    if (source.kind === "none") return noLabels;
    const paths = images.images.map(({ path }) => path);
    if (source.kind === "folders") return labelByFolder(paths, classes());
    return labelByList(paths, { path: source.name, text: await listText(images, source.name) }, classes());
  }

  return {
    async guess(images) {
      const likely = images.lists.filter(({ path }) => likelyList.test(fileName(path)));
      const sources: LabelSource[] = [
        { kind: "folders" },
        ...likely.slice(0, 3).map(({ path }) => ({ kind: "list" as const, name: path })),
      ];
      for (const source of sources) {
        const labelling = await read(images, source).catch(() => noLabels);
        if (labelling.labels.size > 0) return { source, labelling };
      }
      return { source: { kind: "none" }, labelling: noLabels };
    },
    read,
    bring(file) {
      brought = file;
      return { kind: "list", name: file.name };
    },
    forget() {
      brought = null;
    },
  };
}
