/** One exported function a stage, with what it reads and leaves above it. */
import type { Program, Stage } from '../program.ts';
import { stepText } from './addresses.ts';
import { grouped } from './banner.ts';

export function stageText(stage: Stage, program: Program): string {
  return [
    ...(stage.functions ?? []).map(({ lines }) => tidy(lines).join('\n')),
    [
      ...comment([title(stage), ...shared(stage, program)]),
      `export function ${stage.name}(): ${stage.returns} {`,
      ...tidy(stage.body).map((line) => (line === '' ? '' : `  ${line}`)),
      '}',
    ].join('\n'),
  ].join('\n\n');
}

const title = ({ title: name, macs }: Stage): string =>
  macs > 0 ? `${name}: ${grouped(macs)} multiply-accumulates.` : `${name}.`;

/** Blocks that other stages or the host see too. */
function shared(stage: Stage, { blocks, stages }: Program): string[] {
  const seen = blocks.filter(
    ({ name, kind }) =>
      stage.blocks.includes(name) &&
      (kind === 'io' || (kind === 'buffer' && stages.filter((s) => s.blocks.includes(name)).length > 1)),
  );
  if (seen.length === 0) return [];
  const width = Math.max(...seen.map(({ name }) => name.length));
  const types = seen.map(({ type, length }) => `${type}[${length}]`);
  const typeWidth = Math.max(...types.map((type) => type.length));
  return [
    '',
    ...seen.map(
      (block, k) =>
        `  $${block.name.padEnd(width)}  ${types[k]!.padEnd(typeWidth)}  ${block.note}${stepText(block)}`,
    ),
  ];
}

function comment(lines: readonly string[]): string[] {
  if (lines.length === 1) return [`/** ${lines[0]!} */`];
  return ['/**', ...lines.map((line) => ` * ${line}`.trimEnd()), ' */'];
}

/** Leaves out zeros that templates add to an address. */
export const tidy = (lines: readonly string[]): string[] =>
  lines.map((line) => line.replace(/ \+ 0(?=[,;)]| \+)/g, ''));
