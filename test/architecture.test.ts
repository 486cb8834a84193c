/** The picture in docs/architecture.md holds in the code: arrows between houses run one way. */
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decisionsIndex } from '../scripts/decisions.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const mayImport: Readonly<Record<string, readonly string[]>> = {
  common: [],
  kernel: ['common'],
  generator: ['kernel', 'common'],
  boards: ['common'],
  sim: ['boards', 'kernel', 'common'],
  report: ['sim', 'boards', 'kernel', 'common'],
  cli: ['report', 'sim', 'generator', 'boards', 'kernel', 'common'],
};

/** Sources of a house, without tests and what only tests use. */
const sourcesOf = (house: string): string[] =>
  readdirSync(`${root}${house}`, { recursive: true, encoding: 'utf8' })
    .map((file) => posix.join(house, file.replaceAll('\\', '/')))
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|\/testing\//.test(file));

function importsOf(file: string): string[] {
  const text = readFileSync(`${root}${file}`, 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) =>
    posix.join(posix.dirname(file), match[1]!),
  );
}

describe('the houses', () => {
  it.each(Object.keys(mayImport))('%s imports only what stands below it', (house) => {
    const sources = sourcesOf(house);
    expect(sources.length).toBeGreaterThan(0);
    const wrong = sources.flatMap((file) =>
      importsOf(file)
        .filter((path) => ![house, ...mayImport[house]!].includes(path.split('/')[0]!))
        .map((path) => `${file} imports ${path}`),
    );
    expect(wrong).toEqual([]);
  });
});

it('lists every decision in their index (npm run decisions)', () => {
  expect(readFileSync(`${root}docs/decisions/README.md`, 'utf8')).toBe(decisionsIndex());
});
