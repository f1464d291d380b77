import type { Classification } from "../workers/emulator-api";

/** What an engine says of itself, as the worker passes it on. */
export type EngineInfo = Classification["engine"];

/** The output of one node, as the worker passes it on. */
export type Tap = Classification["taps"] extends ReadonlyMap<string, infer Value> ? Value : never;
