/**
 * The views of the app, in the order of the navigation. A view is a folder beside this file;
 * adding one means a line here and a line in `shell/shell.tsx`.
 */
export const viewIds = ["classify"] as const;

export type ViewId = (typeof viewIds)[number];
