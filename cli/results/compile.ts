/** The JSON of `escapement compile --json`; its schema is generated into `schemas/compile.schema.json`. */
import type { KernelManifest } from '../../kernel/manifest.ts';

export interface CompileResult {
  /** Paths of the source, the module and the manifest. */
  files: string[];
  wasmBytes: number;
  manifest: KernelManifest;
}
