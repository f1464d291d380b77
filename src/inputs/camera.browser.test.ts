import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { browserCameras, type CameraEvents, type FrameSign, type OpenCamera } from "./camera";
import { duplicatePicture, pngOfPicture } from "./camera-picture";
import { preprocess, preprocessPicture } from "./preprocess";

/** A canvas for a camera: what is drawn there comes as frames. */
const canvas = document.createElement("canvas");
canvas.width = 400;
canvas.height = 300;

function draw(seed: number): void {
  const context = canvas.getContext("2d")!;
  for (let y = 0; y < 300; y += 10) {
    for (let x = 0; x < 400; x += 10) {
      context.fillStyle = `hsl(${(x * 7 + y * 3 + seed) % 360} 80% ${30 + ((x + y) % 40)}%)`;
      context.fillRect(x, y, 10, 10);
    }
  }
}

let stream: MediaStream;
let camera: OpenCamera | null = null;
const signal = new AbortController().signal;
const deaf: CameraEvents = { onFrame: () => {}, onMuted: () => {}, onEnded: () => {} };

beforeEach(() => {
  stream = canvas.captureStream(30);
  vi.spyOn(navigator.mediaDevices, "getUserMedia").mockImplementation(async () => stream);
});
afterEach(() => {
  camera?.close();
  camera = null;
  vi.restoreAllMocks();
});

/** Opens the camera and waits for a frame; draws until one comes. */
async function opened(): Promise<{ camera: OpenCamera; sign: FrameSign }> {
  const first = Promise.withResolvers<FrameSign>();
  camera = await browserCameras.open({}, { ...deaf, onFrame: first.resolve }, signal);
  let seed = 0;
  const drawing = setInterval(() => draw(seed++), 30);
  const sign = await first.promise.finally(() => clearInterval(drawing));
  return { camera, sign };
}

test("a frame says when it came; it is copied, so that the camera has its buffer back", async () => {
  const { camera, sign } = await opened();
  expect(sign.given).toBeGreaterThanOrEqual(1);
  expect(sign.shownAt).toBeLessThanOrEqual(performance.now());
  const picture = await camera.take();
  expect(picture).toBeInstanceOf(VideoFrame);
  expect((await preprocessPicture(picture)).source).toEqual({ width: 400, height: 300 });
  picture.close();
});

test.each(["VideoFrame", "ImageBitmap"])(
  "the file of a frame (%s) is prepared to the very bytes of the frame",
  async (kind) => {
    const { camera } = await opened();
    if (kind === "ImageBitmap") vi.stubGlobal("VideoFrame", undefined);
    const picture = await camera.take();
    vi.unstubAllGlobals();
    expect(picture.constructor.name).toBe(kind);
    const copy = await duplicatePicture(picture);
    const { bytes } = await preprocessPicture(picture);
    picture.close();
    const png = await pngOfPicture(copy);
    copy.close();
    expect(new Set(bytes).size).toBeGreaterThan(20);
    const fromFile = await preprocess(png);
    expect(fromFile.format).toBe("png");
    expect(fromFile.bytes).toEqual(bytes);
  },
);

test("closing turns the camera off", async () => {
  const { camera } = await opened();
  camera.close();
  expect(stream.getTracks().map(({ readyState }) => readyState)).toEqual(["ended"]);
  await expect(camera.take()).rejects.toMatchObject({ code: "camera" });
});

test("a camera that ends, or is muted, says so", async () => {
  const ended = Promise.withResolvers<string>();
  const muted = vi.fn();
  camera = await browserCameras.open({}, { ...deaf, onMuted: muted, onEnded: ended.resolve }, signal);
  const [track] = stream.getVideoTracks();
  track!.dispatchEvent(new Event("mute"));
  track!.dispatchEvent(new Event("unmute"));
  expect(muted.mock.calls).toEqual([[true], [false]]);
  track!.dispatchEvent(new Event("ended"));
  expect(await ended.promise).toMatch(/^(unplugged|denied)$/);
});

test("a user who gives up the question waits for nothing; a camera that comes late is turned off", async () => {
  const answer = Promise.withResolvers<MediaStream>();
  vi.mocked(navigator.mediaDevices.getUserMedia).mockReturnValue(answer.promise);
  const controller = new AbortController();
  const opening = browserCameras.open({}, deaf, controller.signal);
  controller.abort();
  await expect(opening).rejects.toMatchObject({ code: "aborted" });
  answer.resolve(stream);
  await expect.poll(() => stream.getVideoTracks()[0]?.readyState).toBe("ended");
});

test("a refusal is an error with its sentence", async () => {
  vi.mocked(navigator.mediaDevices.getUserMedia).mockRejectedValue(new DOMException("", "NotReadableError"));
  await expect(browserCameras.open({}, deaf, signal)).rejects.toMatchObject({
    code: "camera",
    details: { fault: "busy" },
    message: expect.stringContaining("another program"),
  });
});

test("a page that is not secure, and a browser that cannot, are told before anything is asked", async () => {
  const faultOf = () => browserCameras.open({}, deaf, signal).catch((error) => error.details.fault);
  vi.stubGlobal("isSecureContext", false);
  expect(await faultOf()).toBe("insecure");
  vi.unstubAllGlobals();
  const ask = vi.mocked(navigator.mediaDevices.getUserMedia);
  vi.spyOn(navigator, "mediaDevices", "get").mockReturnValue(undefined as never);
  expect(await faultOf()).toBe("unsupported");
  expect(await browserCameras.list()).toEqual([]);
  expect(ask).not.toHaveBeenCalled();
});

test("a chosen camera is asked for by its id, a side as a wish", async () => {
  camera = await browserCameras.open({ deviceId: "abc" }, deaf, signal);
  camera.close();
  camera = await browserCameras.open({ facing: "environment" }, deaf, signal);
  const asked = vi.mocked(navigator.mediaDevices.getUserMedia).mock.calls.map(([wish]) => wish?.video);
  expect(asked).toMatchObject([{ deviceId: { exact: "abc" } }, { facingMode: { ideal: "environment" } }]);
});
