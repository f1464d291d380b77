import type {
  CameraChoice,
  CameraDevice,
  CameraEvents,
  CameraInfo,
  Cameras,
  OpenCamera,
} from "../../inputs/camera";
import type { CameraPicture } from "../../inputs/camera-picture";
import { type CameraFault, cameraError } from "../../inputs/camera-situation";
import { settled } from "./fake-emulator";

export function fakeCameraInfo(overrides: Partial<CameraInfo> = {}): CameraInfo {
  return { id: "front", label: "Front camera", facing: "user", frameRate: 30, ...overrides };
}

/** Counts how many of its kind are open: none may be left. */
class FakeFrame {
  isOpen = true;
  constructor(
    readonly name: string,
    readonly all: FakeFrame[],
  ) {
    all.push(this);
  }
  clone(): FakeFrame {
    return new FakeFrame(this.name, this.all);
  }
  close(): void {
    this.isOpen = false;
  }
}

/** A camera of which a test gives the frames. */
export class FakeCamera implements OpenCamera {
  readonly info: CameraInfo;
  muted = false;
  isOn = true;
  isPlaying = true;
  /** What `take` gives: the name of the frame that the video shows. */
  shown = "";
  #given = 0;

  constructor(
    choice: CameraChoice,
    readonly events: CameraEvents,
    readonly frames: FakeFrame[],
  ) {
    this.info = fakeCameraInfo(choice.deviceId ? { id: choice.deviceId } : {});
  }

  /** The video shows a new frame. */
  async give(name: string, times: { capturedAt?: number; shownAt?: number } = {}): Promise<void> {
    this.shown = name;
    this.#given++;
    const { capturedAt = null, shownAt = 0 } = times;
    this.events.onFrame({ given: this.#given, capturedAt, shownAt });
    await settled();
  }

  take(): Promise<CameraPicture> {
    // The session only duplicates, hands over and closes it.
    return Promise.resolve(new FakeFrame(this.shown, this.frames) as unknown as CameraPicture);
  }
  showIn(): () => void {
    return () => {};
  }
  play(): void {
    this.isPlaying = true;
  }
  pause(): void {
    this.isPlaying = false;
  }
  close(): void {
    this.isOn = false;
  }
}

/** Opens cameras at once, or as a test answers for the user. */
export class FakeCameras implements Cameras {
  readonly opened: FakeCamera[] = [];
  readonly frames: FakeFrame[] = [];
  readonly choices: CameraChoice[] = [];
  allowed: PermissionState | null = "granted";
  devices: CameraDevice[] = [];
  /** The user's answer; by default there at once. */
  answer: Promise<void> = Promise.resolve();
  plug = () => {};

  async permission() {
    return this.allowed;
  }

  async open(choice: CameraChoice, events: CameraEvents): Promise<OpenCamera> {
    this.choices.push(choice);
    await this.answer;
    const camera = new FakeCamera(choice, events, this.frames);
    this.opened.push(camera);
    return camera;
  }

  refuse(fault: CameraFault): void {
    this.answer = Promise.reject(cameraError(fault));
    this.answer.catch(() => undefined);
  }

  async list() {
    return this.devices;
  }

  watch(onChange: () => void): void {
    this.plug = onChange;
  }

  /** Names of the frames that nobody has closed. */
  get leftOpen(): string[] {
    return this.frames.filter(({ isOpen }) => isOpen).map(({ name }) => name);
  }
}
