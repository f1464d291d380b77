import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { contentSecurityPolicy, contentSecurityPolicyPlugin } from "./tools/content-security-policy.ts";

/** The engines' files are all called engine.ts: their chunks are named after their folders. */
function chunkFileNames({ facadeModuleId }: { facadeModuleId: string | null }): string {
  const engine = /\/emulator\/(\w+)\/engine\.ts$/.exec(facadeModuleId ?? "");
  return `assets/${engine ? `${engine[1]}-engine` : "[name]"}-[hash].js`;
}

export default defineConfig({
  // Any folder of any static host.
  base: "./",
  plugins: [react(), contentSecurityPolicyPlugin()],
  build: {
    target: "es2023",
    // Browsers with WebGPU know modulepreload.
    modulePreload: { polyfill: false },
  },
  worker: { format: "es", rolldownOptions: { output: { chunkFileNames } } },
  // It finds its WebAssembly beside itself, which pre-bundling would take away.
  optimizeDeps: { exclude: ["onnxruntime-web"] },
  // The header binds the workers too, which a <meta> does not reach.
  preview: { headers: { "Content-Security-Policy": contentSecurityPolicy } },
});
