import { expect, type Locator, type Page } from "@playwright/test";

/** The Folding view as a person handles it. */
export class FoldingPage {
  readonly nodes: Locator;
  readonly rate: Locator;
  readonly answer: Locator;
  readonly refusal: Locator;
  readonly comparison: Locator;

  constructor(readonly page: Page) {
    this.nodes = page.getByRole("region", { name: "Nodes" });
    this.rate = page.getByRole("region", { name: "Rate of frames" });
    this.answer = page.getByRole("status", { name: "Answer" });
    this.refusal = page.getByRole("main").getByRole("alert");
    this.comparison = page.getByRole("region", { name: "Compare" });
  }

  /** Opens the view, with more of a link's hash if given, and waits for the folding. */
  async open(hash = ""): Promise<void> {
    await this.page.goto(`./#v=1&view=folding${hash}`);
    await expect(this.nodes).toBeVisible();
  }

  /** The rows of nodes, without headings and totals. */
  rows(): Locator {
    return this.nodes.locator("tbody tr").filter({ has: this.page.getByRole("combobox") });
  }

  row(node: string): Locator {
    const choice = this.page.getByRole("combobox", { name: new RegExp(` of ${node}$`) });
    return this.nodes.locator("tbody tr").filter({ has: choice });
  }

  async cycles(node: string): Promise<number> {
    const text = await this.row(node).getByRole("cell").nth(2).textContent();
    return Number(text?.replaceAll(",", ""));
  }

  choice(axis: "PE" | "SIMD", node: string): Locator {
    return this.page.getByRole("combobox", { name: `${axis} of ${node}`, exact: true });
  }

  /** Opens a folding file of the given text. */
  async openFile(name: string, text: string): Promise<void> {
    await this.page
      .locator("input[type=file]")
      .setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
  }

  /** Saves the folding, and reads the file. */
  async save(): Promise<{ name: string; text: string }> {
    const download = this.page.waitForEvent("download");
    await this.page.getByRole("button", { name: "Save for FINN" }).click();
    const file = await download;
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
    return { name: file.suggestedFilename(), text: Buffer.concat(chunks).toString("utf8") };
  }
}
