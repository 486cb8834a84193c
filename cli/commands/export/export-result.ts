import type { BundleManifest } from '../../../generator/firmware/files/manifest.ts';

/** What `escapement export --json` prints; its schema is generated into `schemas/export.schema.json`. */
export interface ExportResult {
  /** Where the bundle is. */
  folder: string;
  /** manifest.json of the bundle: kernel, runtime, board, memory, predictions, files with their hashes. */
  manifest: BundleManifest;
}
