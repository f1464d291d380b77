import type { Socket } from "node:net";
import type { Browser, BrowserContext } from "playwright-core";
import { preview } from "vite";

export interface Visit {
  /** Bytes that the server wrote, headers included, until a result was on screen; text is compressed. */
  readonly bytes: number;
  /** Milliseconds from the navigation to a result on screen. */
  readonly timeMs: number;
}

/** Serves the built site and opens it twice in a fresh profile: what the first and the second visit need. */
export async function firstAndSecondVisit(browser: Browser): Promise<{ first: Visit; second: Visit }> {
  const server = await preview({ preview: { port: 0, open: false }, logLevel: "silent" });
  const sockets = new Set<Socket>();
  server.httpServer.on("connection", (socket: Socket) => sockets.add(socket));
  const written = () => [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, 0);
  const context = await browser.newContext();
  try {
    const url = server.resolvedUrls?.local[0];
    if (!url) throw new Error("the preview server has no address");
    const first = await visit(context, url, written);
    const second = await visit(context, url, written);
    return { first, second };
  } finally {
    await context.close();
    await server.close();
  }
}

async function visit(context: BrowserContext, url: string, written: () => number): Promise<Visit> {
  const page = await context.newPage();
  const before = written();
  const begin = performance.now();
  await page.goto(url);
  await page.locator(".top-list li").first().waitFor({ timeout: 120_000 });
  const result = { bytes: written() - before, timeMs: performance.now() - begin };
  await page.close();
  return result;
}
