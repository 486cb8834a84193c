/** Kernels import functions of the library by name alone: two of one name would silently be taken for each other. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../assembly/', import.meta.url));

it('gives every function of the library a name of its own', () => {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/^export function (\w+)/gm)].map(
        ([, name]) => name,
      ),
    );
  expect(names.length).toBeGreaterThan(80);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});
