import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileError } from '../common/file-error.ts';
import { cliRefusals } from '../common/refusals/index.ts';

/**
 * Writes a set of files: first all of them as drafts beside their places, then renamed, so that an error leaves
 * nothing half-written under a final name. Throws ESC606.
 */
export function writeFiles(files: ReadonlyMap<string, string | Uint8Array>): void {
  const drafts: [draft: string, path: string][] = [];
  try {
    for (const [path, contents] of files) {
      const draft = `${path}.draft`;
      drafts.push([draft, path]);
      guarded(path, () => {
        makeFolder(dirname(path));
        writeFileSync(draft, contents);
      });
    }
    for (const [draft, path] of drafts) guarded(path, () => renameSync(draft, path));
  } finally {
    for (const [draft] of drafts) removeDraft(draft);
  }
}

/** One by one: `recursive` of mkdirSync tries for ever where a folder takes none, as /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have been there first.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Drafts that became files are gone already; what cannot be removed was no draft of ours. */
function removeDraft(draft: string): void {
  try {
    rmSync(draft, { force: true });
  } catch {
    // The error that led here is the one to tell.
  }
}

function guarded(path: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    throw cliRefusals.cannotWrite(path, fileError(error));
  }
}
