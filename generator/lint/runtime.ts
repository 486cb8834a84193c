/** Runtimes that a module can be flashed with, and what their loaders take: sim-anchors 3.2 and the projects' own documents. */
import { firmwareRefusals } from '../../common/refusals/index.ts';
import type { Feature } from '../../common/wasm/module.ts';

export const firmwareRuntimes = ['wasm3', 'wamr', 'wamr-aot', 'wasm2c'] as const;
export type FirmwareRuntime = (typeof firmwareRuntimes)[number];

/** Ids of the simulator that mean one of these. */
const aliases: Record<string, FirmwareRuntime> = {
  'wamr-classic': 'wamr',
  'wamr-fast': 'wamr',
  'wasm2c-unchecked': 'wasm2c',
  'wasm2c-firmware': 'wasm2c',
};

/** Also takes the simulator's ids; refuses an unknown one (ESC701). */
export function firmwareRuntime(id: string): FirmwareRuntime {
  const found = firmwareRuntimes.find((r) => r === id) ?? aliases[id];
  if (!found) throw firmwareRefusals.unknownRuntime(id, firmwareRuntimes);
  return found;
}

const common: readonly Feature[] = [
  'mvp',
  'sign-extension',
  'saturating-float-to-int',
  'bulk-memory',
  'multi-value',
];

/** What each accepts in the configuration that the exported glue builds. */
export const acceptedFeatures: Record<FirmwareRuntime, { features: readonly Feature[]; source: string }> = {
  wasm3: {
    features: [...common, 'reference-types', 'tail-call', 'extended-const', 'custom-page-sizes'],
    source: 'wasm3 0.9.0 (c9b579d8): Lime1, bulk memory, reference types, tail calls, custom page sizes',
  },
  wamr: {
    features: [...common, 'reference-types'],
    source: 'WAMR 646b5a9b: both interpreters; SIMD is for its compilers only',
  },
  'wamr-aot': {
    features: [...common, 'reference-types'],
    source: 'WAMR 646b5a9b: SIMD needs a core with NEON or MVE and is left out here',
  },
  wasm2c: {
    features: [...common, 'reference-types'],
    source: 'wabt 1.0.32 wasm2c, default features without SIMD',
  },
};
