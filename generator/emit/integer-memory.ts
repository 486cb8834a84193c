import type { Block, IntegerMemory } from './program.ts';

type Cells = Int8Array | Int16Array | Int32Array | BigInt64Array;

const allocate = {
  i8: (n: number) => new Int8Array(n),
  i16: (n: number) => new Int16Array(n),
  i32: (n: number) => new Int32Array(n),
  i64: (n: number) => new BigInt64Array(n),
};

/** Memory of the integer reference: one typed array a block, constants filled in, everything else zero. */
export function createIntegerMemory(
  blocks: readonly Block[],
): IntegerMemory & { cells(block: string): Cells } {
  const byName = new Map<string, { type: Block['type']; cells: Cells }>();
  for (const block of blocks) {
    const cells = allocate[block.type](block.length);
    if (block.data) cells.set(block.data as never);
    byName.set(block.name, { type: block.type, cells });
  }
  const find = (name: string, type?: Block['type']): Cells => {
    const entry = byName.get(name);
    if (!entry) throw new Error(`no block named ${name}`);
    if (type && entry.type !== type) throw new Error(`block ${name} holds ${entry.type}, not ${type}`);
    return entry.cells;
  };
  return {
    i8: (name) => find(name, 'i8') as Int8Array,
    i16: (name) => find(name, 'i16') as Int16Array,
    i32: (name) => find(name, 'i32') as Int32Array,
    i64: (name) => find(name, 'i64') as BigInt64Array,
    cells: (name) => find(name),
  };
}
