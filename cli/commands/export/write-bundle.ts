/** Puts a bundle into a folder: all of it or nothing. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileError } from '../../../common/file-error.ts';
import { cliRefusals, firmwareRefusals } from '../../../common/refusals/index.ts';
import { writeFiles } from '../../files.ts';
import { requireWritable } from '../../writable.ts';

type Files = ReadonlyMap<string, Uint8Array>;

/**
 * A new folder appears whole, by one rename. A folder with an older bundle is brought up to date file by file, and what only the older
 * one had goes; files that no export wrote (a build folder) stay. Throws ESC720 for a folder with anything else in it, ESC606.
 */
export function writeBundle(folder: string, files: Files): void {
  const older = bundleIn(folder);
  if (older === undefined) return guarded(folder, () => create(folder, files));
  writeFiles(new Map([...files].map(([path, bytes]) => [join(folder, path), bytes])));
  for (const path of older)
    if (!files.has(path)) guarded(join(folder, path), () => rmSync(join(folder, path), { force: true }));
}

/** Whether the bundle may be written: the same refusals, before any work is done. */
export function checkFolder(folder: string): void {
  if (bundleIn(folder) === undefined) requireWritable([join(folder, 'manifest.json')]);
}

function create(folder: string, files: Files): void {
  const target = resolve(folder);
  const draft = `${target}.draft-${process.pid}`;
  try {
    for (const [path, bytes] of files) {
      makeFolder(dirname(join(draft, path)));
      writeFileSync(join(draft, path), bytes);
    }
    removeEmpty(target);
    renameSync(draft, target);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Level by level: the recursive call of Node 20 never comes back where a file system makes no folders (/proc). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/** An empty folder at the place gives way; anything else there makes the rename fail. */
function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Files of the bundle that a folder holds; undefined where there is no folder or an empty one. */
function bundleIn(folder: string): string[] | undefined {
  let entries: string[];
  try {
    entries = readdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw cliRefusals.cannotWrite(folder, code === 'ENOTDIR' ? 'a file stands there' : fileError(error));
  }
  if (entries.length === 0) return undefined;
  try {
    const { bundleVersion, files } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
      bundleVersion?: number;
      files?: Record<string, unknown>;
    };
    if (bundleVersion === 1 && files) return [...Object.keys(files).filter(isInside), 'manifest.json'];
  } catch {
    // No manifest of ours: not a bundle.
  }
  throw firmwareRefusals.notABundle(folder, entries[0]);
}

/** A manifest is a file that anyone may have edited: nothing outside of the folder is removed for it. */
const isInside = (path: string): boolean => !path.startsWith('/') && !path.split(/[/\\]/).includes('..');

function guarded(path: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    throw cliRefusals.cannotWrite(path, fileError(error));
  }
}
