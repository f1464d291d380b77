import type { Plugin } from "vite";

/**
 * What the built page may load: its own files, WebAssembly (ONNX Runtime), and pictures the
 * user hands in (blob:). No inline script or style, no eval. Data, but no code, may come from
 * another host: from the addresses of models that the user types, and from nowhere else.
 */
export const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self' https: http:",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/**
 * Writes the policy into the built `index.html`, so that any static host enforces it. Not while
 * developing: Vite's hot reloading adds inline styles.
 */
export function contentSecurityPolicyPlugin(): Plugin {
  return {
    name: "content-security-policy",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: contentSecurityPolicy },
        injectTo: "head-prepend",
      },
    ],
  };
}
