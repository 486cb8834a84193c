import { mkdtempSync, readFileSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { missingPackages } from '../tools/packages.ts';
import { programName, reasonToSkip, textOf } from './measure.ts';

describe('programs with an interpreter inside', () => {
  it('are known by kernel, runtime and core', () => {
    const pulse = { kernel: 'pulse-25', runtime: 'wamr-fast', core: 'cortex-m4' };
    expect(programName('pulse-25.wamr-fast.cortex-m4.elf')).toEqual(pulse);
    expect(programName('fft.wasm2c.cortex-m4.elf')).toBeNull();
    expect(programName('fft.wasm3.cortex-a8.elf')).toBeNull();
    expect(programName('fft.wasm3.cortex-a7.elf.blocks')).toBeNull();
  });

  it('are skipped with a reason', () => {
    expect(reasonToSkip(undefined)).toContain('--programs');
    expect(reasonToSkip(join(tmpdir(), 'not', 'there'))).toContain('there is no folder');
    const folder = mkdtempSync(join(tmpdir(), 'escapement-'));
    expect(reasonToSkip(folder)).toMatch(missingPackages().length ? /Debian packages/ : /holds no program/);
    rmdirSync(folder);
  });

  it('are recorded one a line, in text that reads as it was written', () => {
    const text = readFileSync(new URL('../measured-interpreters.json', import.meta.url), 'utf8');
    const { note, records } = JSON.parse(text) as { note: string; records: Parameters<typeof textOf>[1] };
    expect(JSON.parse(textOf(note, records))).toEqual({ note, records });
    expect(textOf(note, records).split('\n')).toHaveLength(records.length + 6);
  });
});
