/**
 * A kernel running in this process, driven through its manifest: the same calls in the same order as a host on
 * the wrist makes them.
 */
import { createHash } from 'node:crypto';
import { kernelRefusals } from '../common/refusals/index.ts';
import type { KernelManifest, ManifestBlock } from './manifest.ts';

type Cells = Int8Array | Int16Array | Int32Array | BigInt64Array;
const views = { i8: Int8Array, i16: Int16Array, i32: Int32Array, i64: BigInt64Array } as const;
const limits = { i8: 127, i16: 32767, i32: 2147483647, i64: Number.MAX_SAFE_INTEGER } as const;

const scaleAt = ({ scale, scales }: ManifestBlock, i: number): number => scales?.[i] ?? scale ?? 1;

export class KernelInstance {
  readonly manifest: KernelManifest;
  private readonly memory: { buffer: ArrayBuffer };
  private readonly exports: Record<string, unknown>;

  /** Wraps an instance whose bytes may be instrumented: the caller answers for the manifest. */
  constructor(exports: Record<string, unknown>, manifest: KernelManifest) {
    this.exports = exports;
    this.manifest = manifest;
    this.memory = exports.memory as { buffer: ArrayBuffer };
  }

  /** Instantiates the flashed bytes; refuses a manifest of another kernel (ESC304). */
  static load(wasm: Uint8Array, manifest: KernelManifest): KernelInstance {
    const hash = createHash('sha256').update(wasm).digest('hex');
    if (hash !== manifest.wasmSha256)
      throw kernelRefusals.wrongSignature(`sha256 ${hash.slice(0, 12)}`, manifest.wasmSha256.slice(0, 12));
    const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm));
    return new KernelInstance(instance.exports, manifest);
  }

  reset(): void {
    this.call('reset');
  }

  /** Takes one frame of raw counts; true when a window is complete. */
  push(frame: Int32Array | readonly number[]): boolean {
    const block = this.manifest.io.frame;
    if (!block) throw new Error(`kernel ${this.manifest.name} has no push()`);
    this.cells(block).set(frame as never);
    return this.call('push') === 1;
  }

  /**
   * Takes one sample of one sensor, `counts` being its channels from `channel` on: 1 when a window is complete, else 0, or a negative
   * status.
   */
  sample(sensor: number, timeUs: bigint, channel: number, counts: ArrayLike<number>): number {
    const { frame, time, sensor: place } = this.manifest.io;
    if (!frame || !time || !place) throw new Error(`kernel ${this.manifest.name} has no sample()`);
    (this.cells(time) as BigInt64Array)[0] = timeUs;
    (this.cells(place) as Int32Array)[0] = sensor;
    (this.cells(frame) as Int32Array).set(counts, channel);
    return this.call('sample');
  }

  /** prepare, model and decide over the current window. */
  infer(): number {
    return this.call('infer');
  }

  prepare(): void {
    this.call('prepare');
  }

  model(): void {
    this.call('model');
  }

  decide(): number {
    return this.call('decide');
  }

  enrol(): number {
    return this.call('enrol');
  }

  call(name: string): number {
    const target = this.exports[name];
    if (typeof target !== 'function') throw new Error(`kernel ${this.manifest.name} exports no ${name}()`);
    return (target as () => number)();
  }

  /** Writes a window of real model inputs in the kernel's format (saturating, to nearest). */
  writeModelInput(window: ArrayLike<number>): void {
    const block = this.manifest.io.modelInput;
    const cells = this.cells(block) as Int16Array;
    const limit = limits[block.type];
    for (let i = 0; i < block.length; i++)
      cells[i] = Math.max(-limit - 1, Math.min(limit, Math.round(window[i] / scaleAt(block, i))));
  }

  /** The model's output as real numbers. */
  readModelOutput(): Float64Array {
    return this.readReal(this.manifest.io.modelOutput);
  }

  readReal(block: ManifestBlock): Float64Array {
    return Float64Array.from(this.cells(block) as Int32Array, (v, i) => Number(v) * scaleAt(block, i));
  }

  /** A live view of a block. */
  cells(block: ManifestBlock): Cells {
    return new views[block.type](this.memory.buffer, block.address, block.length);
  }
}
