import { fetchSample, type Sample } from "../../inputs/samples";

/** A picture to classify, wherever it came from. */
export interface Picture {
  /** Differs from every other picture's of this page. */
  readonly id: number;
  /** For people: the sample's title, the file's name. */
  readonly name: string;
  /** Text in place of the picture. */
  readonly alt: string;
  /** To show it; a `blob:` address is freed by `release`. */
  readonly url: string;
  /** Set if it is one of the app's samples. */
  readonly sample: Sample | null;
  /** What to tell the user about the choice. */
  readonly notes: readonly string[];
  /** The file's bytes. Rejects with StreamscopeError `network` or `aborted`. */
  read(signal: AbortSignal): Promise<Blob>;
  release(): void;
}

let nextId = 1;

/** A photo of the user's own. It stays in the browser. */
export function ownPicture(file: File, notes: readonly string[] = []): Picture {
  const url = URL.createObjectURL(file);
  return {
    id: nextId++,
    name: file.name,
    alt: `Your picture ${file.name}`,
    url,
    sample: null,
    notes,
    read: async () => file,
    release: () => URL.revokeObjectURL(url),
  };
}

/** A frame of the camera, as a lossless file. It stays in the browser. */
export function framePicture(file: Blob, number: number): Picture {
  const url = URL.createObjectURL(file);
  return {
    id: nextId++,
    name: `Camera frame ${number}`,
    alt: `Frame ${number} of the camera`,
    url,
    sample: null,
    notes: [],
    read: async () => file,
    release: () => URL.revokeObjectURL(url),
  };
}

/** A photo that comes with the app. */
export function samplePicture(sample: Sample): Picture {
  return {
    id: nextId++,
    name: sample.title,
    alt: sample.alt,
    url: sample.url,
    sample,
    notes: [],
    read: (signal) => fetchSample(sample, { signal }),
    release: () => {},
  };
}

/** The name of a sample in links: its file's, without the extension. */
export function sampleName(sample: Sample): string {
  return sample.file.replace(/\.\w+$/, "");
}
