/** What to change when a kernel does not fit, or may not: each sentence names a step and the bytes that it saves. */
import type { Board } from '../../boards/board.ts';
import { bytes } from '../budget/figures.ts';
import type { BudgetCheck, MemoryItem } from '../result.ts';
import { findRuntime, isRewritten, runtimeIds, runtimes, type RuntimeId } from '../runtimes/index.ts';
import { totalBytes } from './item.ts';

export interface AdviceInput {
  board: Board;
  runtime: string;
  checks: readonly BudgetCheck[];
  items: readonly MemoryItem[];
  /** Constants in linear memory. */
  constantBytes: number;
  /** The same kernel under another runtime; null where that is not known. */
  under: (runtime: RuntimeId) => MemoryItem[] | null;
}

export function memoryAdvice(input: AdviceInput): string[] {
  const open = input.checks.filter(
    (c) => (c.budget === 'flashBytes' || c.budget === 'ramBytes') && c.verdict !== 'pass',
  );
  return open.flatMap((c) => [c.reason, ...steps(input, c.budget === 'flashBytes' ? 'flash' : 'ram')]);
}

function steps(
  { board, runtime, items, constantBytes, under }: AdviceInput,
  memory: 'flash' | 'ram',
): string[] {
  const found: string[] = [];
  const now = totalBytes(items, memory);
  const inFlash = isRewritten(findRuntime(runtime));
  const linear = items.find((i) => i.name.startsWith('linear memory'));
  if (memory === 'ram' && linear?.source.startsWith('whole 64 KiB'))
    found.push(
      'Export immutable __heap_base and __data_end and use neither memory.grow nor memory.size: memory then ends where the data does.',
    );
  if (memory === 'ram' && constantBytes > 0 && runtime.startsWith('wasm2c') && !inFlash)
    found.push(
      `Keep the constants in flash, as \`escapement export --runtime wasm2c\` does: ${bytes(constantBytes)} of RAM less.`,
    );
  const free = board.memory[memory].availableBytes;
  const others = runtimeIds
    .filter((id) => id !== runtime && id !== 'wasm2c-unchecked')
    .flatMap((id) => {
      const other = under(id);
      return other ? [{ id, need: totalBytes(other, memory) }] : [];
    })
    .filter(({ need }) => need.value < now.value)
    .sort((a, b) => a.need.value - b.need.value);
  const best = others[0];
  if (best) {
    const fits = best.need.high <= (free.low ?? free.value) ? ', which fits' : '';
    found.push(
      `Under ${runtimes[best.id].name} it takes ${bytes(best.need.value)} instead of ${bytes(now.value)}${fits}.`,
    );
  }
  if (constantBytes > 0 && !(memory === 'ram' && inFlash))
    found.push(
      `Constants are ${bytes(constantBytes)} of ${memory === 'ram' ? 'linear memory' : 'the image'}: narrower weights or fewer units make them smaller.`,
    );
  return found;
}
