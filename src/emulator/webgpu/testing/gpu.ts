/** The browser's WebGPU. Throws without it: tests of the GPU are never skipped in silence. */
export function realGpu(): GPU {
  if (!navigator.gpu) throw new Error("these tests need a browser with WebGPU");
  return navigator.gpu;
}

export interface LesserGpu {
  readonly gpu: GPU;
  /** The devices that were opened through it, oldest first. */
  readonly devices: readonly GPUDevice[];
}

/** The real GPU without some of what it offers. */
export function lesserGpu({ subgroups = true, dot4 = true } = {}): LesserGpu {
  const devices: GPUDevice[] = [];
  const real = realGpu();
  const gpu = changed(real, {
    wgslLanguageFeatures: without(real.wgslLanguageFeatures, dot4 ? [] : ["packed_4x8_integer_dot_product"]),
    requestAdapter: async (options) => {
      const adapter = await real.requestAdapter(options);
      if (!adapter) throw new Error("these tests need a GPU adapter");
      return changed(adapter, {
        features: without(adapter.features, subgroups ? [] : ["subgroups"]),
        requestDevice: async (descriptor) => {
          const device = await adapter.requestDevice(descriptor);
          devices.push(device);
          return device;
        },
      });
    },
  });
  return { gpu, devices };
}

/** The object with some of its properties replaced. Methods keep the real `this`, on which browsers insist. */
function changed<T extends object>(object: T, changes: Partial<T>): T {
  return new Proxy(object, {
    get(target, key) {
      if (Object.hasOwn(changes, key)) return Reflect.get(changes, key);
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

const without = <S extends ReadonlySet<string>>(features: S, names: readonly string[]): S =>
  changed(features, { has: (name: string) => features.has(name) && !names.includes(name) } as Partial<S>);
