/** One constant a block: its address, and as a comment its type, length, step and meaning. */
import type { MemoryPlan } from '../../layout/plan.ts';
import type { Block } from '../program.ts';
import { banner } from './banner.ts';

const titles = {
  constant: 'Constants, never written',
  state: 'State, kept between calls, zeroed by reset()',
  io: 'Input and output of the host',
  buffer: 'Buffers, which share addresses',
} as const;

export function addresses({ placements }: MemoryPlan): string {
  return (Object.keys(titles) as Block['kind'][])
    .map((kind) => {
      const rows = [...placements.values()]
        .filter(({ block }) => block.kind === kind)
        .sort((a, b) => a.address - b.address);
      if (rows.length === 0) return '';
      const heads = rows.map(({ block, address }) => `const $${block.name}: usize = ${address};`);
      const types = rows.map(({ block }) => `${block.type}[${block.length}]`);
      const [headWidth, typeWidth] = [heads, types].map((texts) => Math.max(...texts.map((t) => t.length)));
      return [
        banner(titles[kind]),
        ...rows.map(
          ({ block }, r) =>
            `${heads[r]!.padEnd(headWidth!)} // ${types[r]!.padEnd(typeWidth!)}  ${block.note}${stepText(block)}`,
        ),
      ].join('\n');
    })
    .filter((text) => text !== '')
    .join('\n\n');
}

/** What one integer step of a block stands for. */
export function stepText({ scale, scales }: Block): string {
  if (scales) return ', a step of its own each';
  if (scale === undefined) return '';
  const bits = -Math.log2(scale);
  return Number.isInteger(bits) ? `, Q${bits}` : `, step ${scale.toExponential(3)}`;
}
