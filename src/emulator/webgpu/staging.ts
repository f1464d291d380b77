/** Brings the contents of GPU buffers back to the CPU, any number of them in one copy. */
export class Staging {
  #buffer: GPUBuffer | null = null;
  #regions: { readonly at: number; readonly bytes: number }[] = [];

  constructor(private readonly device: GPUDevice) {}

  /** Encodes the copies, to run after what was encoded before. The first `bytes` of each buffer are taken. */
  copy(
    encoder: GPUCommandEncoder,
    sources: readonly { readonly buffer: GPUBuffer; readonly bytes: number }[],
  ): void {
    let at = 0;
    this.#regions = sources.map(({ bytes }) => {
      const region = { at, bytes };
      at += bytes;
      return region;
    });
    const target = this.#grownTo(at);
    for (const [i, { buffer, bytes }] of sources.entries()) {
      encoder.copyBufferToBuffer(buffer, 0, target, this.#regions[i]!.at, bytes);
    }
  }

  /** Waits for the copies and returns the contents, in the order of `copy`. Call it after the submit. */
  async read(): Promise<Uint32Array[]> {
    const buffer = this.#buffer;
    const last = this.#regions.at(-1);
    if (!buffer || !last) return [];
    await buffer.mapAsync(GPUMapMode.READ, 0, last.at + last.bytes);
    const mapped = buffer.getMappedRange(0, last.at + last.bytes);
    const contents = this.#regions.map(({ at, bytes }) => new Uint32Array(mapped.slice(at, at + bytes)));
    buffer.unmap();
    return contents;
  }

  destroy(): void {
    this.#buffer?.destroy();
  }

  #grownTo(bytes: number): GPUBuffer {
    if (this.#buffer && this.#buffer.size >= bytes) return this.#buffer;
    this.#buffer?.destroy();
    this.#buffer = this.device.createBuffer({
      size: bytes,
      usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
    });
    return this.#buffer;
  }
}
