import { join } from 'node:path';
import type { BuiltKernel } from '../generator/build-kernel.ts';

/**
 * out/<pipeline>/<model>-<rate>hz/kernel.{ts,wasm,json}: source for review, module to flash, manifest. Code that is not for
 * compiled runtimes lies one folder deeper, by the name of its profile.
 */
export function kernelFiles(out: string, built: BuiltKernel): Map<string, string | Uint8Array> {
  const [pipeline] = built.name.split('/');
  const { model, rateHz } = built.choice;
  const rate = model.id.endsWith(`${rateHz}hz`) ? model.id : `${model.id}-${rateHz}hz`;
  const { profile } = built.manifest;
  const folder = join(out, pipeline, rate, profile === 'aot' ? '' : profile);
  return new Map<string, string | Uint8Array>([
    [join(folder, 'kernel.ts'), built.source],
    [join(folder, 'kernel.wasm'), built.wasm],
    [join(folder, 'kernel.json'), `${JSON.stringify(built.manifest, null, 2)}\n`],
  ]);
}
