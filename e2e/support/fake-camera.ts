import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Locator, type Page } from "@playwright/test";
import { chromiumFlags, chromiumLaunchOptions } from "../../tools/chromium.mjs";
import { ClassifyPage, readClass, type ShownClass } from "./classify-page";
import { samplePhoto } from "./files";

/** What Chromium plays as its camera. */
const film = join(tmpdir(), `streamscope-camera-${process.pid}.mjpeg`);

/** A Chromium of which the camera plays the film; who may use it is still asked. */
export const withFakeCamera = {
  ...chromiumLaunchOptions(),
  args: [
    ...chromiumFlags(),
    "--use-fake-device-for-media-stream",
    `--use-file-for-fake-video-capture=${film}`,
  ],
};

/** Makes the film of sample photos, each for about two seconds, over and over. A Motion JPEG is its pictures, one behind another. */
export function makeFilm(...photos: string[]): void {
  const frames = photos.flatMap((photo) => Array<Buffer>(60).fill(readFileSync(samplePhoto(photo))));
  writeFileSync(film, Buffer.concat(frames));
}

export function removeFilm(): void {
  rmSync(film, { force: true });
}

export const goneCamera = "A camera that is gone";

/**
 * Goes in front of the page: keeps the camera's track where a test finds it, and lists one camera
 * more, as one that is unplugged at this moment.
 */
const alterDevices = (label: string) => {
  const media = navigator.mediaDevices;
  const ask = media.getUserMedia.bind(media);
  media.getUserMedia = async (wish) => {
    const stream = await ask(wish);
    Object.assign(window, { cameraTrack: stream.getVideoTracks()[0] });
    return stream;
  };
  const list = media.enumerateDevices.bind(media);
  media.enumerateDevices = async () => {
    const gone = { kind: "videoinput", label, deviceId: "f".repeat(64), groupId: "" } as const;
    return [...(await list()), { ...gone, toJSON: () => gone }];
  };
};

/** The camera on the Classify view as a person handles it, and as it is handled. */
export class CameraPage extends ClassifyPage {
  readonly video: Locator;
  readonly status: Locator;
  readonly controls: Locator;

  constructor(page: Page) {
    super(page);
    this.video = page.getByRole("img", { name: /^Video of the camera/ });
    this.status = page.getByRole("status", { name: "Camera", exact: true });
    this.controls = page.getByRole("group", { name: "Camera", exact: true });
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  /** Opens the app and turns the camera on; the user has allowed it. */
  async openLive(hash = ""): Promise<void> {
    await this.page.context().grantPermissions(["camera"]);
    await this.page.addInitScript(alterDevices, goneCamera);
    await this.open(hash);
    await this.button("Use the camera").click();
    await this.answered();
  }

  /** Waits until a frame of the camera that is on is answered. */
  async answered(): Promise<void> {
    await expect(this.video).toBeVisible();
    await expect(this.result.getByText(/^Camera frame \d/)).toBeVisible();
    await expect(this.result.getByRole("listitem")).toHaveCount(5);
  }

  /** Waits until the last frame before a pause is answered: nothing of it changes any more. */
  async stoodStill(): Promise<void> {
    await expect(this.status).toContainText("Paused");
    let before = -1;
    await expect
      .poll(
        async () => {
          const same = before === (await this.frame());
          before = await this.frame();
          return same;
        },
        { intervals: [2000] },
      )
      .toBe(true);
  }

  /** Number of the frame of which the result is. */
  async frame(): Promise<number> {
    const text = await this.result.getByText(/^Camera frame \d/).textContent();
    return Number(text?.replace(/\D/g, ""));
  }

  /** The five best classes as they stand there now. */
  async shownTop(): Promise<ShownClass[]> {
    return (await this.result.getByRole("listitem").allTextContents()).map(readClass);
  }

  /** Lets something happen to the camera that a browser in a test cannot do. */
  async befalls(event: "ended" | "mute" | "unmute"): Promise<void> {
    await this.page.evaluate((type) => {
      const { cameraTrack } = window as typeof window & { cameraTrack: MediaStreamTrack };
      if (type === "ended") cameraTrack.stop();
      cameraTrack.dispatchEvent(new Event(type));
    }, event);
  }
}
