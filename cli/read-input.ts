/** Reads a file that a person named on the command line. */
import { readFileSync } from 'node:fs';
import { fileError } from '../common/file-error.ts';
import { cliRefusals } from '../common/refusals/index.ts';

/** Throws ESC609. */
export function readInput(path: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    throw cliRefusals.cannotRead(path, fileError(error));
  }
}
