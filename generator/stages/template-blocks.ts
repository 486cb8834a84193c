/** Memory of the template decision; layouts are drawn in assembly/template.ts. */
import type { Block } from '../emit/program.ts';
import { names } from './part.ts';
import type { TemplatePlan } from './template.ts';

export function templateBlocks(plan: TemplatePlan): Block[] {
  const { features, capacity, suspend, least, protection, scoreScale } = plan;
  const words = (protection?.bits ?? 0) / 32;
  const scratch = (name: string, length: number, note: string): Block => ({
    name,
    type: 'i32',
    length,
    kind: 'buffer',
    note,
  });
  return [
    protection
      ? {
          name: names.template,
          type: 'i32',
          length: capacity * words,
          kind: 'state',
          note: `[${capacity}] times ${protection.bits} bits`,
        }
      : {
          name: names.template,
          type: 'i16',
          length: capacity * features,
          kind: 'state',
          note: `[${capacity}][${features}] enrolled features`,
        },
    { name: names.count, type: 'i32', length: 2, kind: 'state', note: 'templates, place of the next one' },
    {
      name: names.score,
      type: 'i32',
      length: 1,
      kind: 'io',
      note: 'distance from the nearest template',
      scale: scoreScale,
    },
    ...(suspend
      ? [
          {
            name: names.suspended,
            type: 'i32',
            length: 1,
            kind: 'state',
            note: '1 after a rejection',
          } as const,
        ]
      : []),
    scratch('decision_own', protection ? words : features, 'the window, as it is compared'),
    ...(protection
      ? [
          {
            name: names.key,
            type: 'i32',
            length: 8,
            kind: 'io',
            note: 'key of protected templates',
          } as const,
          scratch('decision_stream', 16, 'a block of the key stream'),
          {
            name: 'decision_centre',
            type: 'i16',
            length: features,
            kind: 'constant',
            data: Int16Array.from(protection.centre),
            note: 'what is taken off every feature',
          } as const,
        ]
      : [
          scratch('decision_other', features, 'a template, as it is compared'),
          ...(least === undefined
            ? []
            : [scratch('decision_ranges', 2 * features, 'low and range of each feature')]),
        ]),
  ];
}
