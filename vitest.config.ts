import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { chromiumLaunchOptions } from "./tools/chromium.mjs";

/**
 * Two projects: `node` runs the pure rooms; `browser` runs the files named
 * `*.browser.test.ts` in a real Chromium with real WebGPU.
 */
export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          environment: "node",
          include: ["{src,cli,bench,tools}/**/*.test.ts"],
          exclude: ["**/*.browser.test.ts", "**/node_modules/**"],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        // Named here, because finding them in the middle of a run reloads the page. ONNX Runtime
        // finds its WebAssembly beside itself, which pre-bundling would take away.
        optimizeDeps: {
          // All of them by name: one that is found late makes the server reload the page in mid-test.
          noDiscovery: true,
          include: [
            "@bufbuild/protobuf",
            "@noble/hashes/sha2.js",
            "@noble/hashes/utils.js",
            "comlink",
            "crc-32",
            "fast-check",
            "fflate",
            "idb-keyval",
            "image-dimensions",
            "onnx-buf",
            "valibot",
          ],
          exclude: ["onnxruntime-web"],
        },
        test: {
          name: "browser",
          include: ["src/**/*.browser.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromiumLaunchOptions() }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
    ],
  },
});
