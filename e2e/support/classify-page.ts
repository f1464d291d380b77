import { expect, type Locator, type Page } from "@playwright/test";

/** A class of the top 5 as it stands on screen. */
export interface ShownClass {
  readonly label: string;
  readonly index: number;
  readonly logit: number;
}

export type EngineName = "Automatic" | "WebGPU" | "ONNX Runtime" | "Reference";

/** The Classify view as a person handles it. */
export class ClassifyPage {
  readonly result: Locator;
  readonly pipeline: Locator;
  readonly photo: Locator;

  constructor(readonly page: Page) {
    this.result = page.getByRole("region", { name: "Top 5" });
    this.pipeline = page.getByRole("region", { name: "Pipeline" });
    this.photo = page.getByRole("region", { name: "Photo" });
  }

  /** Opens the app, with a link's hash if given, and waits for the first result. */
  async open(hash = ""): Promise<void> {
    await this.page.goto(`./${hash}`);
    await expect(this.result.getByRole("listitem")).toHaveCount(5);
  }

  /** Waits for the result of the picture of this name, and reads it. */
  async topOf(picture: string): Promise<ShownClass[]> {
    await expect(this.result.getByText(picture, { exact: true })).toBeVisible();
    const rows = await this.result.getByRole("listitem").allTextContents();
    return rows.map(readClass);
  }

  async chooseSample(title: string): Promise<void> {
    await this.page.getByRole("button", { name: title, exact: true }).click();
  }

  async chooseFile(path: string | string[]): Promise<void> {
    await this.page.locator("input[type=file]").first().setInputFiles(path);
  }

  /** Chooses an engine and waits until it has classified the picture on screen. */
  async chooseEngine(name: EngineName): Promise<void> {
    await this.page.getByRole("button", { name: /^Engine/ }).click();
    await this.page.getByText(name, { exact: true }).last().click();
    await this.page.keyboard.press("Escape");
  }

  /** A figure of the list under the result: its name's value. */
  fact(name: string): Locator {
    return this.result.locator(`dt:text-is("${name}") + dd`);
  }

  /**
   * Drags files or folders of the disk onto the photo and lets go, as the browser does for a
   * file manager.
   */
  async drop(...paths: string[]): Promise<void> {
    const browser = await this.page.context().newCDPSession(this.page);
    const box = await this.photo.boundingBox();
    if (!box) throw new Error("the photo is not on screen");
    const at = { x: box.x + box.width / 2, y: box.y + 100 };
    const data = { items: [], files: paths, dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"] as const) {
      await browser.send("Input.dispatchDragEvent", { type, ...at, data });
    }
    await browser.detach();
  }

  /** Puts a picture on the clipboard and pastes it with the keyboard. */
  async paste(png: Buffer): Promise<void> {
    await this.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await this.page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      await navigator.clipboard.write([
        new ClipboardItem({ "image/png": new Blob([bytes], { type: "image/png" }) }),
      ]);
    }, png.toString("base64"));
    await this.page.keyboard.press("ControlOrMeta+V");
  }
}

/** Reads a row of the five best classes. */
export function readClass(text: string): ShownClass {
  const match = /^(.+)class (\d+)logit (−?[\d,]+)$/.exec(text);
  if (!match) throw new Error(`no class with its logit: ${text}`);
  const [, label = "", index, logit = ""] = match;
  return { label, index: Number(index), logit: Number(logit.replace("−", "-").replaceAll(",", "")) };
}
