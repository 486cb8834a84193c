/** Models and recordings that stand beside a developer's checkout in `../shared` and are not in the repository. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TestContext } from 'vitest';

/** Absolute path of a file or folder in ../shared. */
export const sharedPath = (path: string): string =>
  fileURLToPath(new URL(`../../../shared/${path}`, import.meta.url));

/** The path, or the running test is skipped and says why. */
export function sharedOrSkip(context: TestContext, path: string): string {
  const full = sharedPath(path);
  if (!existsSync(full)) context.skip(`needs ../shared/${path}, which is not beside this checkout`);
  return full;
}
