/** Executed operators equal the independent counts of ../shared/arm-truth, kernel by kernel, exactly. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  analyse,
  instrument,
  measure,
  operatorCounts,
  operatorsByFunction,
  subtract,
} from '../../sim/wasm/index.ts';

const folder = new URL('../../../shared/arm-truth/', import.meta.url);
const present = existsSync(folder);

interface Truth {
  wasm_op_counts: Record<string, { total: number; ops: Record<string, number> }>;
  small_wasm_op_counts: Record<string, { total: number }>;
  micro: Record<string, { wasm_ops: number }>;
}

function perIteration(file: string) {
  const analysis = analyse(readFileSync(new URL(file, folder)));
  const instrumented = instrument(analysis);
  const run = (n: number) => measure(instrumented, (i) => (i.exports.run as (n: number) => number)(n));
  const counts = subtract(run(2), run(1));
  return { analysis, counts, total: operatorsByFunction(analysis, counts).reduce((a, b) => a + b, 0) };
}

describe.skipIf(!present)('operator counts (skipped without ../shared/arm-truth)', () => {
  const truth = present
    ? (JSON.parse(readFileSync(new URL('truth.json', folder), 'utf8')) as Truth)
    : { wasm_op_counts: {}, small_wasm_op_counts: {}, micro: {} };

  it.each(Object.keys(truth.wasm_op_counts))('kernel %s, operator by operator', (name) => {
    const { analysis, counts, total } = perIteration(`kernels/${name}.wasm`);
    expect(total).toBe(truth.wasm_op_counts[name]!.total);
    const found = Object.fromEntries([...operatorCounts(analysis, counts)].filter(([, n]) => n > 0));
    expect(found).toEqual(truth.wasm_op_counts[name]!.ops);
  });

  it.each(Object.keys(truth.small_wasm_op_counts))('small kernel %s', (name) => {
    expect(perIteration(`kernels/small/${name}.wasm`).total).toBe(truth.small_wasm_op_counts[name]!.total);
  });

  it.each(Object.keys(truth.micro))('micro-loop %s', (name) => {
    expect(perIteration(`micro/${name}.wasm`).total).toBe(truth.micro[name]!.wasm_ops);
  });
});
