import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { preprocess, preprocessPicture, preprocessPixels } from "./preprocess";
import type { DecodedPicture } from "./read-bands";
import { planResize } from "./resize-plan";
import { firstDifference } from "./testing/first-difference";
import { fixtureFile, imageFixtures, sha256 } from "./testing/image-fixtures";

const good = imageFixtures.filter((fixture) => fixture.expect === "ok");
const lossless = good.filter((fixture) => fixture.cropSha256);
const bad = imageFixtures.filter((fixture) => fixture.expect === "refuse");

afterEach(() => vi.restoreAllMocks());

describe("preprocess", () => {
  it.each(lossless)("$file gives Pillow's bytes", async (fixture) => {
    const frame = await preprocess(await fixtureFile(`images/${fixture.file}`));
    expect(frame.bytes).toHaveLength(224 * 224 * 3);
    expect(await sha256(frame.bytes)).toBe(fixture.cropSha256);
    const source = { width: fixture.width!, height: fixture.height! };
    expect(frame.source).toEqual(source);
    expect(frame.crop).toEqual(planResize(source).cropInSource);
  });

  it("turns all eight EXIF orientations into the same picture", async () => {
    const upright = await preprocess(await fixtureFile("images/rgb.png"));
    for (let orientation = 1; orientation <= 8; orientation++) {
      const frame = await preprocess(await fixtureFile(`images/exif-${orientation}.jpg`));
      expect(frame.source).toEqual({ width: 96, height: 64 });
      const sum = frame.bytes.reduce((total, value, i) => total + Math.abs(value - upright.bytes[i]!), 0);
      // JPEG's own loss; a picture turned wrongly is tens of levels off
      expect(sum / frame.bytes.length).toBeLessThan(2);
    }
  });

  it("follows the geometry of the model", async () => {
    const canvas = new OffscreenCanvas(64, 32);
    const context = canvas.getContext("2d")!;
    context.fillStyle = "rgb(1 2 3)";
    context.fillRect(0, 0, 64, 32);
    const file = await canvas.convertToBlob();
    const frame = await preprocess(file, { geometry: { inputSize: 28, resizeTo: 32 } });
    const wanted = Uint8Array.from({ length: 28 * 28 * 3 }, (_, i) => (i % 3) + 1);
    expect(firstDifference(frame.bytes, wanted)).toBeNull();
    expect(frame.crop).toEqual({ left: 18, top: 2, width: 28, height: 28 });
  });

  it("says so when the browser alters pixels", async () => {
    const read = OffscreenCanvasRenderingContext2D.prototype.getImageData;
    vi.spyOn(OffscreenCanvasRenderingContext2D.prototype, "getImageData").mockImplementation(function (
      this: OffscreenCanvasRenderingContext2D,
      ...area
    ) {
      const image = read.apply(this, area);
      image.data[0]! ^= 1;
      return image;
    });
    const { notes } = await preprocess(await fixtureFile("images/animated.gif"));
    expect(notes).toEqual([
      "Animated: the first frame is used.",
      expect.stringMatching(/^A privacy setting of this browser alters the pixels/),
    ]);
  });

  it("stops when asked to, before and during the work", async () => {
    const file = await fixtureFile("images/whole.jpg");
    await expect(preprocess(file, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "aborted",
    });
    const stop = new AbortController();
    const running = preprocess(file, { signal: stop.signal });
    stop.abort();
    await expect(running).rejects.toMatchObject({ code: "aborted", message: "Stopped." });
  });
});

describe("preprocess in a worker", () => {
  const worker = new Worker(new URL("./testing/preprocess-worker.ts", import.meta.url), { type: "module" });
  afterAll(() => worker.terminate());
  const ask = (file: Blob) =>
    new Promise<{ bytes?: Uint8Array<ArrayBuffer>; code?: string; message?: string }>((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage(file);
    });

  it("gives the same bytes", async () => {
    const fixture = lossless.find(({ file }) => file === "wide.png")!;
    const { bytes } = await ask(await fixtureFile(`images/${fixture.file}`));
    expect(await sha256(bytes!)).toBe(fixture.cropSha256);
  });

  it.each(bad)("refuses $file with a sentence", async ({ file }) => {
    const answer = await ask(await fixtureFile(`images/${file}`));
    expect(answer.code).toBe("bad-image");
    expect(answer.message).toMatch(/^(The|This) .*\.$/);
  });
});

describe("preprocessPicture", () => {
  it("stops between two bands of a large picture", async () => {
    const stop = new AbortController();
    const running = preprocessPicture(new OffscreenCanvas(3000, 3000), { signal: stop.signal });
    stop.abort();
    await expect(running).rejects.toMatchObject({ code: "aborted" });
  });

  const size = { width: 320, height: 240 };
  const pixels = Uint8ClampedArray.from({ length: 320 * 240 * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : Math.imul(i, 2654435761) >>> 24,
  );

  it("gives the bytes of the raw pixels, and leaves the picture open", async () => {
    const wanted = preprocessPixels(pixels, size);
    const bitmap = await createImageBitmap(new ImageData(pixels, 320, 240));
    const check = async (picture: DecodedPicture) => {
      const frame = await preprocessPicture(picture);
      expect(firstDifference(frame.bytes, wanted.bytes)).toBeNull();
      expect([frame.source, frame.crop]).toEqual([wanted.source, wanted.crop]);
    };
    await check(bitmap);
    expect(bitmap.width).toBe(320);
    const canvas = new OffscreenCanvas(320, 240);
    canvas.getContext("2d")!.drawImage(bitmap, 0, 0);
    await check(canvas);
    const frame = new VideoFrame(bitmap, { timestamp: 0 });
    await check(frame);
    frame.close();
    bitmap.close();
    await expect(preprocessPicture(bitmap)).rejects.toMatchObject({ code: "bad-input" });
  });
});
