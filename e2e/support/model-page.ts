import { expect, type Locator, type Page } from "@playwright/test";
import { onnx } from "./files";

/** The Model view as a person handles it. */
export class ModelPage {
  readonly passes: Locator;
  readonly nodes: Locator;
  readonly inUse: Locator;
  readonly refusal: Locator;

  constructor(readonly page: Page) {
    this.passes = page.getByRole("listbox", { name: /^Passes/ });
    this.nodes = page.getByRole("listbox", { name: "Nodes in order" });
    this.inUse = page.getByRole("region", { name: "In use in all views" });
    this.refusal = page.getByRole("main").getByRole("alert").filter({ hasText: /\S/ });
  }

  /** Opens the view and waits for the model in use. */
  async open(): Promise<void> {
    await this.page.goto("./#v=1&view=model");
    await expect(this.inUse).toContainText("59");
  }

  /** Opens a model made for tests. */
  async openFixture(name: string): Promise<void> {
    await this.page.locator("input[type=file]").first().setInputFiles(onnx(name));
  }

  async openFile(name: string, content: Buffer): Promise<void> {
    await this.page
      .locator("input[type=file]")
      .first()
      .setInputFiles({ name, mimeType: "application/octet-stream", buffer: content });
  }

  async openAddress(address: string): Promise<void> {
    await this.page.getByRole("textbox", { name: "Address of an ONNX file" }).fill(address);
    await this.page.getByRole("button", { name: "Fetch" }).click();
  }

  /** Says that models which do not tell read values from 0 to 255. */
  async readBytes(): Promise<void> {
    await this.page.getByRole("combobox", { name: /^What the network reads/ }).selectOption("none");
  }

  async compiled(): Promise<void> {
    await expect(this.page.getByText(/^Compiled:/)).toBeVisible();
  }

  /** The passes as they stand on screen: name, and the nodes before and after, or that there was nothing to do. */
  async shownPasses(): Promise<string[]> {
    const rows = await this.passes.getByRole("option").all();
    return Promise.all(rows.slice(1).map(async (row) => (await row.getAttribute("aria-label")) ?? ""));
  }

  async takeOpened(): Promise<void> {
    await this.page.getByRole("button", { name: "Use it in all views" }).click();
    await expect(this.page.getByRole("region", { name: "Model in use" })).toBeVisible();
  }

  async view(name: string): Promise<void> {
    await this.page.getByRole("link", { name, exact: true }).click();
  }
}
