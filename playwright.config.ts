import { defineConfig } from "@playwright/test";
import { chromiumLaunchOptions } from "./tools/chromium.mjs";

const port = 4187;

/** A person's path, in a real browser with real WebGPU, on the built site. */
export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results/e2e",
  // Most of a test is the work of one thread.
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 60_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: {
    baseURL: `http://localhost:${port}/`,
    launchOptions: chromiumLaunchOptions(),
    viewport: { width: 1280, height: 900 },
    // No traces: their recorder fetches pictures itself, against the page's policy.
    screenshot: "only-on-failure",
  },
  webServer: {
    command: `npx vite build --logLevel error && npx vite preview --port ${port} --strictPort`,
    url: `http://localhost:${port}/`,
    timeout: 120_000,
  },
});
