import { expect, type Locator, type Page } from "@playwright/test";

/** The Sets view as a person handles it. */
export class SetsPage {
  readonly labels: Locator;
  readonly start: Locator;
  readonly run: Locator;
  readonly results: Locator;
  readonly files: Locator;

  constructor(readonly page: Page) {
    this.labels = page.getByRole("region", { name: "Labels" });
    this.start = page.getByRole("region", { name: "Run it on" });
    this.run = page.getByRole("region", { name: /^Run of/ });
    this.results = page.getByRole("region", { name: "Results" });
    this.files = page.getByRole("region", { name: "Files" });
  }

  async open(): Promise<void> {
    await this.page.goto("./#v=1&view=sets");
    await expect(this.page.getByRole("heading", { level: 2, name: "Sets" })).toBeVisible();
  }

  button(name: string): Locator {
    return this.page.getByRole("main").getByRole("button", { name, exact: true });
  }

  /** Drags a folder of the disk onto the page and lets go, as the browser does for a file manager. */
  async drop(folder: string): Promise<void> {
    const browser = await this.page.context().newCDPSession(this.page);
    const data = { items: [], files: [folder], dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"] as const) {
      await browser.send("Input.dispatchDragEvent", { type, x: 300, y: 400, data });
    }
    await browser.detach();
  }

  /** A fact of the folder: its name's value. */
  fact(name: string): Locator {
    return this.page.getByRole("region", { name: "Pictures" }).locator(`dt:text-is("${name}") + dd`);
  }

  async stands(phase: string, amount: string): Promise<void> {
    await expect(this.run.getByRole("progressbar", { name: "Run" })).toContainText(`${phase}: ${amount}`);
  }

  async show(filter: string): Promise<void> {
    await this.files.getByRole("combobox", { name: "Show" }).selectOption(filter);
  }

  /** Presses a button that saves a file, and reads it. */
  async saved(name: string): Promise<string> {
    const download = this.page.waitForEvent("download");
    await this.button(name).click();
    const chunks: Buffer[] = [];
    for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString("utf8");
  }
}
