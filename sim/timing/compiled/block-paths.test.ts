import { expect, it } from 'vitest';
import { onlyBefore } from './block-paths.ts';
import { block, machineCode } from './testing/machine-code.ts';

it('knows the only block before another', () => {
  const code = machineCode([
    block(0, [], { successors: [to(1), to(2)] }),
    block(1, [], { successors: [to(2)] }),
    block(2, [], { successors: [to(0), to(3), to(3)] }),
    block(3, []),
  ]);
  const before = onlyBefore(code);
  // The entry is entered from outside, 2 from two blocks, 3 on two ways.
  expect(code.blocks.map((b) => before(b)?.id ?? null)).toEqual([null, 0, null, null]);
});

const to = (id: number) => ({ to: id, weight: 1 });
