import { test as base, expect } from "@playwright/test";
import { ClassifyPage } from "./classify-page";
import { FoldingPage } from "./folding-page";
import { ModelPage } from "./model-page";

interface Fixtures {
  readonly app: ClassifyPage;
  readonly folding: FoldingPage;
  readonly models: ModelPage;
  /** Hosts that a test's user asks for by address; the tests of typed addresses push theirs. */
  readonly askedFor: string[];
  /** Runs in every test: nothing leaves the site, nothing breaks its policy, nothing throws unheard. */
  readonly watch: undefined;
}

export const test = base.extend<Fixtures>({
  app: async ({ page }, use) => {
    await use(new ClassifyPage(page));
  },
  folding: async ({ page }, use) => {
    await use(new FoldingPage(page));
  },
  models: async ({ page }, use) => {
    await use(new ModelPage(page));
  },
  // Playwright wants a destructured first argument, also where nothing is taken out of it.
  // biome-ignore lint/correctness/noEmptyPattern: see above
  askedFor: async ({}, use) => {
    await use([]);
  },
  watch: [
    async ({ page, baseURL, askedFor }, use) => {
      const wrong: string[] = [];
      const { origin } = new URL(baseURL ?? "");
      page.on("pageerror", (error) => wrong.push(`threw: ${error.message}`));
      page.on("console", (message) => {
        if (message.text().includes("Content Security Policy")) wrong.push(message.text());
      });
      page.on("request", (request) => {
        const url = new URL(request.url());
        const known = url.origin === origin || askedFor.includes(url.origin);
        if (url.protocol.startsWith("http") && !known) wrong.push(`asked ${url}`);
      });
      await use(undefined);
      expect(wrong).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
