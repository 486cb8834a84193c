/** Expected handlers follow from the loaders' rules, and their numbers from traces of the real interpreters. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assemble, type Op } from '../../wasm/assemble.ts';
import { analyse, instrument, openMeter, subtract } from '../../wasm/index.ts';
import { referenceKernel } from '../../../test/reference/tools/kernels.ts';
import type { RuntimeId } from '../../runtimes/index.ts';
import { blockHandlers } from './handler-counts.ts';
import { handlerCost } from './handler-costs.ts';
import { translationOf } from './translate.ts';

function handlersOf(runtime: RuntimeId, body: Op[], locals = ['i32', 'i32', 'i32']): string[] {
  const analysis = analyse(assemble([{ export: 'run', locals, body }]));
  const f = analysis.functions[0]!;
  return translationOf(analysis, f, runtime).handlers.flat();
}

const add: Op[] = [['local.get', 0], ['local.get', 1], ['i32.add'], ['local.set', 2]];

describe('what runs for z = x + y', () => {
  it('wasm3: one operation on two slots, then the register to its slot', () => {
    expect(handlersOf('wasm3', add)).toEqual(['i32.add:ss', 'SetSlot_i32', 'Return']);
  });

  it('WAMR fast: one operation that writes the local', () => {
    expect(handlersOf('wamr-fast', add)).toEqual(['i32.add', 'return']);
  });

  it('WAMR classic: every instruction', () => {
    expect(handlersOf('wamr-classic', add)).toEqual([
      'local.get:32',
      'local.get:32',
      'i32.add',
      'local.set:32',
      'end:function',
    ]);
  });
});

describe('operands', () => {
  it('stay in the register of wasm3 from one operation to the next', () => {
    const chain: Op[] = [...add.slice(0, 3), ['local.get', 2], ['i32.mul'], ['local.set', 2]];
    expect(handlersOf('wasm3', chain)).toEqual(['i32.add:ss', 'i32.mul:rs', 'SetSlot_i32', 'Return']);
  });

  it('are saved before a local that they stand for changes', () => {
    const swap: Op[] = [
      ['local.get', 0],
      ['local.get', 1],
      ['local.set', 0],
      ['local.set', 1],
    ];
    expect(handlersOf('wasm3', swap)).toEqual(['PreserveCopySlot_32', 'CopySlot_32', 'Return']);
    expect(handlersOf('wamr-fast', swap)).toEqual(['CopyStackTop', 'local.set:32', 'local.set:32', 'return']);
  });
});

const reference = new URL('../../../test/reference/', import.meta.url);
const { records } = JSON.parse(readFileSync(new URL('measured-interpreters.json', reference), 'utf8')) as {
  records: { kernel: string; core: string; runtime: RuntimeId; dispatches?: number }[];
};

describe('handlers run in 61 kernels and 12 held-out ones', () => {
  it.each(['wasm3', 'wamr-fast', 'wamr-classic'] as const)(
    'are as many as were traced under %s',
    (runtime) => {
      const traced = records.filter(
        (r) => r.runtime === runtime && r.core === 'cortex-m4' && r.dispatches !== undefined,
      );
      expect(traced).toHaveLength(73);
      for (const { kernel, dispatches } of traced) {
        const analysis = analyse(referenceKernel(kernel).wasm);
        const run = (n: number) =>
          openMeter(instrument(analysis)).count((i) => (i.exports.run as (n: number) => number)(n));
        const counts = subtract(run(2), run(1));
        let total = 0;
        analysis.functions.forEach((f, i) => {
          const times = counts.blocks[i]!;
          const translation = translationOf(analysis, f, runtime);
          // A taken br_if of WAMR fast goes on in the handler of br, which the trace counts once more.
          const counted = (h: string) =>
            !h.startsWith('+') || (runtime === 'wamr-fast' && h.startsWith('+branch'));
          blockHandlers(f, translation, times).forEach(({ always, taken, takenTimes }, id) => {
            total += always.filter(counted).length * times[id]! + taken.filter(counted).length * takenTimes;
          });
        });
        expect([kernel, total]).toEqual([kernel, dispatches]);
      }
    },
  );
});

describe('costs', () => {
  it('are measured for what kernels use, and marked where they are not', () => {
    expect(handlerCost('wasm3', 'i32.add:ss', 'cortex-m4').assumed).toBe(false);
    expect(handlerCost('wamr-fast', 'memory.copy', 'cortex-m4').assumed).toBe(true);
    expect(handlerCost('wamr-classic', 'table.grow', 'cortex-a7').assumed).toBe(true);
  });
});
