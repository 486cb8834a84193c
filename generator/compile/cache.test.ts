import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cached } from './cache.ts';
import { cacheFolder } from './cache-folder.ts';

const wasm = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'escapement-cache-'))));
afterEach(() => rm(folder, { recursive: true }));

const compiler = () => vi.fn(async () => wasm);
const entry = async (): Promise<string> => join(folder, (await readdir(folder))[0]!);

describe('cached', () => {
  it('makes a module once, and gives the same bytes again', async () => {
    const make = compiler();
    expect(await cached(folder, ['source', wasm], make)).toEqual(wasm);
    expect(await cached(folder, ['source', wasm], make)).toEqual(wasm);
    expect(make).toHaveBeenCalledTimes(1);
  });

  it('makes another one when an ingredient differs, or bytes move from one to the next', async () => {
    const make = compiler();
    await cached(folder, ['source', wasm], make);
    await cached(folder, ['source!', wasm], make);
    await cached(folder, ['sourc', 'e', wasm], make);
    expect(make).toHaveBeenCalledTimes(3);
  });

  it('ignores a damaged entry and writes it anew, whatever was damaged', async () => {
    const make = compiler();
    await cached(folder, ['source'], make);
    const whole = await readFile(await entry());
    for (let at = 0; at < whole.length; at++) {
      const damaged = Buffer.from(whole);
      damaged[at] ^= 4;
      await writeFile(await entry(), damaged);
      expect(await cached(folder, ['source'], make)).toEqual(wasm);
      expect(await readFile(await entry())).toEqual(whole);
    }
    for (const length of [0, 31, whole.length - 1]) {
      await writeFile(await entry(), whole.subarray(0, length));
      expect(await cached(folder, ['source'], make)).toEqual(wasm);
    }
    expect(make).toHaveBeenCalledTimes(1 + whole.length + 3);
  });

  it('leaves nothing but whole entries, also when several write at once', async () => {
    const make = compiler();
    await Promise.all(Array.from({ length: 8 }, () => cached(folder, ['source'], make)));
    expect(await readdir(folder)).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.kernel$/)]);
  });

  it('keeps no entry of a module that could not be made', async () => {
    const broken = () => Promise.reject(new Error('no'));
    await expect(cached(folder, ['source'], broken)).rejects.toThrow('no');
    expect(await readdir(folder)).toEqual([]);
  });

  it('works without a folder, and with one that cannot be written', async () => {
    const make = compiler();
    await writeFile(join(folder, 'file'), '');
    for (const where of [undefined, join(folder, 'file', 'below')]) {
      expect(await cached(where, ['source'], make)).toEqual(wasm);
      expect(await cached(where, ['source'], make)).toEqual(wasm);
    }
    expect(make).toHaveBeenCalledTimes(4);
  });
});

describe('cacheFolder', () => {
  it('is the user’s, unless the environment says otherwise', () => {
    expect(cacheFolder({})).toMatch(/[/\\]\.cache[/\\]escapement$/);
    expect(cacheFolder({ XDG_CACHE_HOME: '/var/cache/me' })).toBe(join('/var/cache/me', 'escapement'));
    expect(cacheFolder({ XDG_CACHE_HOME: 'relative' })).toBe(cacheFolder({}));
    expect(cacheFolder({ ESCAPEMENT_CACHE: '/tmp/kernels', XDG_CACHE_HOME: '/x' })).toBe('/tmp/kernels');
    expect(cacheFolder({ ESCAPEMENT_CACHE: 'off' })).toBeUndefined();
  });
});
