import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeFiles } from './files.ts';

const folder = mkdtempSync(join(tmpdir(), 'escapement-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a set of files', () => {
  it('is written whole, with the folders that it needs', () => {
    const path = join(folder, 'a', 'b.txt');
    writeFiles(new Map([[path, 'text']]));
    expect(readFileSync(path, 'utf8')).toBe('text');
    expect(readdirSync(join(folder, 'a'))).toEqual(['b.txt']);
  });

  it.runIf(existsSync('/proc/self'))('is refused where a folder takes no other', () => {
    expect(() => writeFiles(new Map([['/proc/none/a.txt', 'text']]))).toThrow(/ESC606/);
  });

  it('leaves no draft behind when one of them cannot be written', () => {
    const taken = join(folder, 'taken');
    mkdirSync(join(taken, 'inside'), { recursive: true });
    const good = join(folder, 'good.txt');
    // A folder stands where the draft of the second file would go.
    mkdirSync(join(folder, 'blocked.txt.draft', 'x'), { recursive: true });
    expect(() =>
      writeFiles(
        new Map([
          [good, '1'],
          [join(folder, 'blocked.txt'), '2'],
        ]),
      ),
    ).toThrow(/ESC606/);
    expect(existsSync(good)).toBe(false);
    expect(existsSync(`${good}.draft`)).toBe(false);
    // And one where a file is to be renamed to.
    expect(() => writeFiles(new Map([[taken, '1']]))).toThrow(/ESC606/);
    expect(existsSync(`${taken}.draft`)).toBe(false);
  });
});
