import { printable } from '../../report/text/printable.ts';
import { bytes, count, countBand, percent } from '../../report/text/quantity.ts';
import { fixed } from '../../report/text/number.ts';
import { table } from '../../report/text/table.ts';
import type { InstructionComparison, SelfTestResult } from '../commands/selftest/selftest-result.ts';

/** Verdict first, then predicted against executed, then sizes. */
export function selfTestText(r: SelfTestResult): string {
  const right = (header: string) => ({ header, align: 'right' as const });
  const row = (name: string, c: InstructionComparison) => [
    name,
    countBand(c.predicted),
    count(c.executed),
    fixed(c.ratio, 3),
    c.within ? 'yes' : 'no',
  ];
  const { inference, push, core, checkedShare } = r.predicted;
  const { memoryAccesses } = r.facts as { memoryAccesses?: { total: number; any: number } };
  return `${[
    printable(`${r.kernel} on ${r.title}: ${r.identical ? 'identical' : 'DIFFERENT'}`),
    `${r.windows} windows of ${printable(r.source)}; every decision, output and score compared with V8 bit for bit`,
    ...r.differences.slice(0, 10).map((line) => `  ${line}`),
    ...(r.differences.length > 10 ? [`  and ${r.differences.length - 10} more`] : []),
    '',
    ...table(
      [
        { header: 'instructions of a call' },
        right('predicted'),
        right('executed'),
        right('ratio'),
        right('in band'),
      ],
      [row('inference', inference), ...(push ? [row('push, one frame', push)] : [])],
    ),
    `predicted for ${core} with ${percent(checkedShare)} of the accesses checked, with the band that cycles carry;`,
    'executed in QEMU, host code around the call included; instructions are not cycles',
    '',
    `flash ${bytes(r.flashBytes)}, RAM ${bytes(r.ramBytes)}${r.stackBytes === undefined ? '' : `, deepest stack ${bytes(r.stackBytes)}`} (kernel and host code, constants in ${String(r.facts.weights)})`,
    ...(memoryAccesses
      ? [
          `${memoryAccesses.any} of ${memoryAccesses.total} memory accesses keep a bounds check; the rest is proved`,
        ]
      : []),
    `${r.tools.compiler}; ${r.tools.flags}; ${r.tools.emulator}`,
  ].join('\n')}\n`;
}
