import { test as base, expect } from "@playwright/test";
import { ClassifyPage } from "./classify-page";

interface Fixtures {
  readonly app: ClassifyPage;
  /** Runs in every test: nothing leaves the site, nothing breaks its policy, nothing throws unheard. */
  readonly watch: undefined;
}

export const test = base.extend<Fixtures>({
  app: async ({ page }, use) => {
    await use(new ClassifyPage(page));
  },
  watch: [
    async ({ page, baseURL }, use) => {
      const wrong: string[] = [];
      const { origin } = new URL(baseURL ?? "");
      page.on("pageerror", (error) => wrong.push(`threw: ${error.message}`));
      page.on("console", (message) => {
        if (message.text().includes("Content Security Policy")) wrong.push(message.text());
      });
      page.on("request", (request) => {
        const url = new URL(request.url());
        if (url.protocol.startsWith("http") && url.origin !== origin) wrong.push(`asked ${url}`);
      });
      await use(undefined);
      expect(wrong).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
