// The rooms and who may import whom (CONTRIBUTING.md has the table). A room may always import itself.
const rooms = {
  graph: [],
  onnx: ["graph"],
  compiler: ["graph", "onnx"],
  hardware: ["graph"],
  simulator: ["graph", "hardware"],
  emulator: ["graph"],
  models: ["graph"],
  inputs: ["graph"],
  remote: ["graph"],
  workers: ["graph", "onnx", "compiler", "hardware", "simulator", "emulator", "models", "inputs", "remote"],
  ui: ["graph", "onnx", "compiler", "hardware", "simulator", "models", "inputs", "remote", "workers"],
};

/** Files that may import more than their room. */
const also = [
  { name: "ort-writes-onnx", room: "emulator", from: "^src/emulator/ort/", to: "onnx" },
  // What the views show is compared with what the reference engine computes.
  {
    name: "ui-tests-run-the-emulator",
    room: "ui",
    from: "^src/ui/.*(\\.test\\.ts$|/testing/)",
    to: "emulator",
  },
];
const exceptionsOf = (room) => also.filter((rule) => rule.room === room).map((rule) => rule.from);

const roomRule = ([room, allowed]) => ({
  name: `${room}-imports-down`,
  comment: `src/${room} may import only ${allowed.length ? allowed.map((r) => `src/${r}`).join(", ") : "nothing"}.`,
  severity: "error",
  from: {
    path: `^src/${room}/`,
    ...(exceptionsOf(room).length > 0 ? { pathNot: exceptionsOf(room) } : {}),
  },
  to: { path: "^src/", pathNot: [room, ...allowed].map((name) => `^src/${name}/`) },
});

module.exports = {
  forbidden: [
    ...Object.entries(rooms).map(roomRule),
    ...also.map(({ name, room, from, to }) => ({
      name,
      severity: "error",
      from: { path: from },
      to: { path: "^src/", pathNot: [room, ...rooms[room], to].map((allowed) => `^src/${allowed}/`) },
    })),
    {
      name: "engines-are-siblings",
      comment: "An engine does not import another one; the reference's pure node functions are shared.",
      severity: "error",
      from: { path: "^src/emulator/(webgpu|ort)/", pathNot: "\\.test\\.ts$" },
      to: { path: "^src/emulator/(webgpu|ort)/", pathNot: "^src/emulator/$1/" },
    },
    {
      name: "ui-sees-types-of-workers",
      comment: "The page must not pull a worker's code into its bundle: only types and the client.",
      severity: "error",
      from: { path: "^src/ui/", pathNot: "(\\.test\\.ts$|/testing/)" },
      to: {
        path: "^src/workers/",
        pathNot: "^src/workers/[a-z-]+-(api|client)\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "cli-uses-pure-rooms",
      severity: "error",
      from: { path: "^cli/" },
      to: { path: "^src/(ui|workers|inputs|remote)/" },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-node-in-the-app",
      comment: "Everything in src runs in a browser.",
      severity: "error",
      from: { path: "^src/", pathNot: "(\\.test\\.ts$|/testing/)" },
      to: { dependencyTypes: ["core"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".mjs", ".js", ".json"] },
  },
};
