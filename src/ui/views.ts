/**
 * The views of the app, in the order of the navigation. A view is a folder beside this file;
 * adding one means its id and its name here, and a line in `shell/shell.tsx`.
 */
export const viewIds = [
  "classify",
  "dataflow",
  "folding",
  "layers",
  "lens",
  "model",
  "compare",
  "sets",
] as const;

export type ViewId = (typeof viewIds)[number];

export const viewNames: Readonly<Record<ViewId, string>> = {
  classify: "Classify",
  dataflow: "Dataflow",
  folding: "Folding",
  layers: "Layers",
  lens: "Lens",
  model: "Model",
  compare: "Compare",
  sets: "Sets",
};
