import { expect, it } from 'vitest';
import { cores } from '../../../cores/index.ts';
import { buildFor } from '../build.ts';
import { listing } from '../listing.ts';

const code = (name: string, core: 'cortex-a7' | 'cortex-a8') =>
  listing(
    { params: ['i32', 'i32'], results: ['i32'], body: [['local.get', 0], ['local.get', 1], [name]] },
    [1000, 7],
    buildFor(cores[core], false),
  )
    .flatMap((b) => b.code)
    .map((text) => text.split(' ')[0]!);

/*
 * gcc 12.2 -O2 -mcpu=cortex-a8: bl __aeabi_idiv; bl __aeabi_uidivmod, mov r0, r1. -mcpu=cortex-a7: sdiv; udiv, mls.
 */
it.each([
  ['i32.div_s', '__aeabi_idiv'],
  ['i32.rem_u', '__aeabi_uidivmod'],
])('calls for %s on a core without a divider', (name, routine) => {
  expect(code(name, 'cortex-a8')).toEqual(expect.arrayContaining(['bl', routine]));
  expect(code(name, 'cortex-a7')).toEqual(expect.arrayContaining([name === 'i32.div_s' ? 'sdiv' : 'udiv']));
  expect(code(name, 'cortex-a7')).not.toContain('bl');
});
