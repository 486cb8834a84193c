import { expect, it } from 'vitest';
import { cores } from '../../../cores/index.ts';
import { buildFor } from '../build.ts';
import { listing } from '../listing.ts';

const mnemonics = (name: string, divisor: number, core: 'cortex-m4' | 'cortex-a7') =>
  listing(
    { params: ['i32'], results: ['i32'], body: [['local.get', 0], ['i32.const', divisor], [name]] },
    [1000],
    buildFor(cores[core], false),
  )
    .flatMap((b) => b.code)
    .filter((t) => !t.startsWith('mov kept'))
    .map((t) => t.split(/[ <]/)[0]!)
    .filter((t) => !/^(bx|push|pop|ldr|str|return)$/.test(t));

/** What a function consists of beside its frame. */
const own = (name: string, divisor: number, core: 'cortex-m4' | 'cortex-a7'): string => {
  const frame = mnemonics('i32.add', 0, core);
  return mnemonics(name, divisor, core)
    .filter((t) => {
      const at = frame.indexOf(t);
      if (at >= 0) frame.splice(at, 1);
      return at < 0;
    })
    .join(' ');
};

/*
 * gcc 12.2 -O2, Cortex-M4: cmp r0, #0; it lt; addlt r0, r0, #3; asrs r0, r0, #2. By 8192: itt lt; addlt r0, r0, #8160; addlt r0, r0, #31.
 * Cortex-A7: adds r3, r0, #3; ands r3, r3, r0, asr #32; it cc; movcc r3, r0; asrs r0, r3, #2.
 * Both, left over: rsbs r3, r0, #0; and r3, r3, #3; and r0, r0, #3; it pl; rsbpl r0, r3, #0. By 2: cmp r0, #0; and r0, r0, #1; it lt; rsblt r0, r0, #0.
 */
it.each([
  ['i32.div_s', 2, 'add asr', 'add asr'],
  ['i32.div_s', 4, 'cmp it add asr', 'add and it mov asr'],
  ['i32.div_s', 8192, 'cmp it add add asr', 'add add and it mov asr'],
  ['i32.div_s', -4, 'cmp it add asr rsb', 'add and it mov asr rsb'],
  ['i32.rem_s', 2, 'and cmp it rsb', 'and cmp it rsb'],
  ['i32.rem_s', 4, 'rsbs and and it rsb', 'rsbs and and it rsb'],
  ['i32.rem_s', 4096, 'rsbs ubfx ubfx it rsb', 'rsbs ubfx ubfx it rsb'],
  ['i32.div_s', -(2 ** 31), 'sub clz lsr', 'sub clz lsr'],
])('%s by %d', (name, divisor, m4, a7) => {
  expect(own(name, divisor, 'cortex-m4')).toBe(m4);
  expect(own(name, divisor, 'cortex-a7')).toBe(a7);
});
