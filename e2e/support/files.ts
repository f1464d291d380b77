import { fileURLToPath } from "node:url";

const path = (relative: string) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));

/** An image file made for tests. */
export const image = (name: string): string => path(`fixtures/images/${name}`);
/** A sample photo, as a file on the disk. */
export const samplePhoto = (name: string): string => path(`public/samples/${name}`);
/** A folder with pictures in it. */
export const folder = path("fixtures/images");
/** A model made for tests. */
export const onnx = (name: string): string => path(`fixtures/onnx/${name}`);
