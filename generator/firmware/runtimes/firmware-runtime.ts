import type { Macro } from '../c-text.ts';
import type { BundleInput, TextFiles } from '../bundle-input.ts';
import type { FirmwareRuntime } from '../../lint/runtime.ts';

/** What one runtime adds to a bundle: one file in this folder, one line in `index.ts`. */
export interface RuntimeExport {
  id: FirmwareRuntime;
  title: string;
  /** Where the title depends on what was asked for. */
  titleOf?(input: BundleInput): string;
  /** Its host code in `generator/firmware/c/src`. */
  host: string;
  build(input: BundleInput): RuntimeFiles;
}

export interface RuntimeFiles {
  /** By path in the bundle. */
  files: TextFiles;
  /** For kernel_config.h. */
  config: Macro[];
  /** C sources under src/ that the runtime adds to the common ones. */
  sources: string[];
  /** Where the runtime itself comes from, for the README and the build files; absent: the bundle is complete. */
  dependency?: RuntimeDependency;
  /** Facts for manifest.json. */
  facts: Record<string, unknown>;
  /** RAM by use in bytes: static arrays of the image, so no estimate. */
  ram: RamUse[];
  /** The same total if constants lay in flash and if they were copied into RAM; null for a way that the runtime does not have. */
  ramBytes: RamBothWays;
  /** Sentences for the README. */
  notes: string[];
}

export interface RamUse {
  name: string;
  bytes: number;
}

export interface RamBothWays {
  constantsInFlash: number | null;
  constantsInRam: number;
}

export interface RuntimeDependency {
  name: string;
  url: string;
  /** The revision that the glue was built and run with. */
  revision: string;
  licence: string;
  /** Languages of its sources; default C. */
  languages?: string[];
  /** CMake lines that build it; `${ESCAPEMENT_RUNTIME_DIR}` is its source tree. */
  cmake: string[];
}
