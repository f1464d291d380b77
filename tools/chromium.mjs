// @ts-check
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

/** Where Debian, Ubuntu, Fedora, macOS and Windows keep a Chromium or Chrome. */
const systemBrowsers = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * The browser to test in: `STREAMSCOPE_CHROMIUM`, else Playwright's own, else the system's.
 * @returns {string | null} null if there is none
 */
export function findChromium() {
  const candidates = [process.env.STREAMSCOPE_CHROMIUM, chromium.executablePath(), ...systemBrowsers];
  return candidates.find((path) => path && existsSync(path)) ?? null;
}

/**
 * WebGPU on any machine: in software (SwiftShader), so that tests see the same adapter
 * everywhere. Set `STREAMSCOPE_GPU=hardware` to run on the machine's own GPU.
 * @returns {string[]}
 */
export function chromiumFlags() {
  const hardware = process.env.STREAMSCOPE_GPU === "hardware";
  return [
    "--no-sandbox",
    "--enable-unsafe-webgpu",
    ...(hardware ? ["--enable-features=Vulkan"] : ["--use-webgpu-adapter=swiftshader"]),
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
  ];
}

/** @returns {{ executablePath?: string, args: string[] }} */
export function chromiumLaunchOptions() {
  const executablePath = findChromium();
  return { ...(executablePath ? { executablePath } : {}), args: chromiumFlags() };
}
