/** Whether files can be written later, asked before long work: minutes of simulation must not end in a wrong path. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { cliRefusals } from '../common/refusals/index.ts';

/** Throws ESC606 for the first path that is a folder, or whose folder neither exists and takes files nor can be made. */
export function requireWritable(paths: readonly (string | undefined)[]): void {
  for (const path of paths) {
    if (path === undefined) continue;
    if (existsSync(path)) {
      if (statSync(path).isDirectory()) throw cliRefusals.cannotWrite(path, 'it is a folder');
      if (!allows(path)) throw cliRefusals.cannotWrite(path, 'EACCES');
    }
    const folder = nearest(dirname(resolve(path)));
    if (!statSync(folder).isDirectory()) throw cliRefusals.cannotWrite(path, `${folder} is no folder`);
    if (!allows(folder)) throw cliRefusals.cannotWrite(path, 'EACCES');
  }
}

/** The folder itself, or the closest one above it that exists. */
const nearest = (folder: string): string => (existsSync(folder) ? folder : nearest(dirname(folder)));

function allows(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
