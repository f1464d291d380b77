import { describeEngine } from "../testing/conformance";
import { createWebGpuEngine } from "./engine";

describeEngine("webgpu", createWebGpuEngine, { numRuns: 20 });
