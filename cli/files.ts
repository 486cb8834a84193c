import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { cliRefusals } from '../common/refusals/index.ts';

/**
 * Writes a set of files: first all of them as drafts beside their places, then renamed, so that an error leaves
 * nothing half-written under a final name. Throws ESC606.
 */
export function writeFiles(files: ReadonlyMap<string, string | Uint8Array>): void {
  const drafts: [draft: string, path: string][] = [];
  for (const [path, contents] of files) {
    const draft = `${path}.draft`;
    guarded(path, () => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(draft, contents);
    });
    drafts.push([draft, path]);
  }
  for (const [draft, path] of drafts) guarded(path, () => renameSync(draft, path));
}

function guarded(path: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    throw cliRefusals.cannotWrite(path, (error as NodeJS.ErrnoException).code ?? String(error));
  }
}
