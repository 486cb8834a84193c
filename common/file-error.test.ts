import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fileError } from './file-error.ts';

const failure = (path: string): unknown => {
  try {
    return readFileSync(path);
  } catch (error) {
    return error;
  }
};

it('says in words why a file cannot be read', () => {
  expect(fileError(failure(join(tmpdir(), 'escapement-none')))).toBe('there is no such file');
  expect(fileError(failure(tmpdir()))).toBe('it is a folder');
  expect(fileError(failure(join(tmpdir(), 'x'.repeat(300))))).toBe('the name is too long');
});

it('names a code that it has no words for, and any other error by its own', () => {
  expect(fileError(Object.assign(new Error('io'), { code: 'EIO' }))).toBe('EIO');
  expect(fileError(new Error('odd'))).toBe('Error: odd');
});
