/** The committed reference is what its tools measure: a few kernels again, where the packages are installed. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseInstruction } from './tools/arm-instruction.ts';
import { coresOf } from './tools/build.ts';
import { referenceKernel } from './tools/kernels.ts';
import { measureKernel, withFolder, type ReferenceRecord } from './tools/measure.ts';
import { missingPackages } from './tools/packages.ts';

const { records } = JSON.parse(readFileSync(new URL('measured.json', import.meta.url), 'utf8')) as {
  records: ReferenceRecord[];
};
const missing = missingPackages();
const reason = missing.length ? ` (skipped: no ${missing.join(', ')})` : '';

describe('the reference', () => {
  it.skipIf(missing.length > 0).each(['k1_gemv8', 'lstmcell', 'isort', 'fstats'])(
    `%s takes what measured.json says${reason}`,
    { timeout: 60_000 },
    (name) => {
      const again = withFolder((folder) => measureKernel(referenceKernel(name), folder));
      const committed = records.filter((r) => r.kernel === name && r.runtime.startsWith('wasm2c'));
      const byKey = (a: ReferenceRecord, b: ReferenceRecord) =>
        `${a.core}${a.runtime}`.localeCompare(`${b.core}${b.runtime}`);
      expect(again.toSorted(byKey)).toEqual(committed.toSorted(byKey));
    },
  );

  it('holds every kernel on its cores with and without checks', () => {
    const keys = records.filter((r) => /^wasm2c(-unchecked)?$/.test(r.runtime)).map((r) => r.kernel);
    const count = new Map<string, number>();
    for (const k of keys) count.set(k, (count.get(k) ?? 0) + 1);
    for (const [name, builds] of count) expect(builds, name).toBe(2 * coresOf(referenceKernel(name)).length);
  });
});

describe('parseInstruction', () => {
  const sets = (mnemonic: string, operands: string) => {
    const { defs, uses, addressRegisters } = parseInstruction(0, 4, mnemonic, operands);
    return { defs: [...defs], uses: [...new Set(uses)], address: addressRegisters };
  };
  // What each reads and writes: ARM DDI 0406C, section A8.8.
  it.each([
    ['ldrsb.w', 'r5, [r4, #1]!', [5, 4], [4], [4]],
    ['ldrsh.w', 'lr, [r5], #2', [14, 5], [5], [5]],
    ['str.w', 'r4, [r7, fp]', [], [4, 7, 11], [7, 11]],
    ['mla', 'r4, lr, r5, r4', [4], [14, 5, 4], []],
    ['smlal', 'r0, r1, r2, r3', [0, 1], [2, 3, 0, 1], []],
    ['smlalbb', 'r0, r1, r2, r3', [0, 1], [2, 3, 0, 1], []],
    ['smlsldx', 'r0, r1, r2, r3', [0, 1], [2, 3, 0, 1], []],
    ['smlawtne', 'r4, lr, r5, r6', [4], [14, 5, 6, 4], []],
    ['smmls', 'r4, lr, r5, r4', [4], [14, 5, 4], []],
    ['add', 'r3, r9', [3], [9, 3], []],
    ['push', '{r4, r5, r6-r8, lr}', [13], [13, 4, 5, 6, 7, 8, 14], [13]],
    ['movge', 'r0, r1', [0], [1, 0], []],
    ['bl', '1234 <f>', [14], [], []],
    // s registers from 32 on, d16 and above from 64.
    ['vmov', 'd16, r2, r3', [64, 65], [2, 3], []],
    ['vmov', 'r4, s15', [4], [47], []],
    ['vfma.f32', 's0, s1, s2', [32], [33, 34, 32], []],
    ['vldr', 'd1, [pc, #8]', [34, 35], [15], [15]],
    ['vmovmi', 's13, r3', [45], [3, 45], []],
  ])('%s %s', (mnemonic, operands, defs, uses, address) => {
    expect(sets(mnemonic, operands)).toEqual({ defs, uses, address });
  });

  it.each([
    ['bls.n', '10', 'b', true],
    ['blt.w', '10', 'b', true],
    ['bl', '10', 'bl', false],
    ['bics', 'r0, r1', 'bic', false],
    ['adds', 'r0, r1, #1', 'add', false],
    ['itete', 'eq', 'it', false],
  ])('%s is %s', (mnemonic, operands, base, conditional) => {
    const i = parseInstruction(0, 2, mnemonic, operands);
    expect([i.base, i.conditional]).toEqual([base, conditional]);
  });
});
