import { expect, type Locator, type Page } from "@playwright/test";

/** The Compare view as a person handles it. */
export class ComparePage {
  readonly endpoints: Locator;
  readonly frame: Locator;
  readonly session: Locator;
  readonly mismatches: Locator;
  readonly alert: Locator;
  /** What goes on, in one line. */
  readonly status: Locator;

  constructor(readonly page: Page) {
    this.endpoints = page.getByRole("region", { name: "Endpoints" });
    this.frame = page.getByRole("region", { name: /^Frame / });
    this.session = page.getByRole("region", { name: "All frames so far" });
    this.mismatches = page.getByRole("region", { name: "Mismatches" });
    this.status = page.getByRole("status", { name: "Comparing" });
    this.alert = page.getByRole("main").getByRole("alert").filter({ hasText: "No answer from" });
  }

  /** Opens the view on a sample photo, with more of a link if given. */
  async open(more = "&sample=panda"): Promise<void> {
    await this.page.goto(`./#v=1&view=compare${more}`);
    await expect(this.page.getByRole("heading", { level: 2, name: "Compare" })).toBeVisible();
  }

  async addEndpoint(address: string, token = ""): Promise<void> {
    const another = this.endpoints.getByText("Add another, or change a token");
    const form = this.endpoints.getByRole("form", { name: "Add an endpoint" });
    if ((await another.isVisible()) && !(await form.isVisible())) await another.click();
    await this.endpoints.getByLabel("Address of an endpoint").fill(address);
    await this.endpoints.getByLabel("Token, if it wants one").fill(token);
    await this.endpoints.getByRole("button", { name: "Add" }).click();
  }

  /** The light of an endpoint. */
  state(address: string): Locator {
    return this.endpoints.getByRole("status", { name: `State of ${address}` });
  }

  /** Class indices of one side's list. */
  async classes(side: "Emulator, with logits" | "Endpoint, no scores"): Promise<number[]> {
    const rows = await this.frame.getByRole("list", { name: side }).getByRole("listitem").allTextContents();
    return rows.map((text) => Number(/class (\d+)/.exec(text)?.[1]));
  }

  /** One of the three senses of agreement of the frame on screen. */
  sense(name: "Same first" | "Same set" | "Same order"): Locator {
    return this.frame
      .getByRole("list", { name: "Agreement" })
      .getByRole("listitem")
      .filter({ hasText: name });
  }

  /** How many frames were compared so far. */
  async compared(): Promise<number> {
    const figures = this.session.getByRole("definition").filter({ hasText: / of \d/ });
    const text = (await figures.count()) > 0 ? await figures.first().textContent() : null;
    return Number(text?.split(" of ")[1]?.replaceAll(",", "") ?? 0);
  }

  /** Presses a button that saves a file, and reads the file. */
  async saved(button: Locator): Promise<{ name: string; bytes: Buffer }> {
    const download = this.page.waitForEvent("download");
    await button.click();
    const file = await download;
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
    return { name: file.suggestedFilename(), bytes: Buffer.concat(chunks) };
  }
}
