import { expect, it } from 'vitest';
import { Graph, type Block, type Edge, type Type } from './ir.ts';
import { Variables } from './ssa-variables.ts';

/** A block with two ways in, of which one is filled, that wrote `type` into variables 0 and 1. */
function loop(
  type: Type,
  locals: (variable: number) => Type | undefined,
): { variables: Variables; header: Block } {
  const g = new Graph();
  const [entry, header] = [g.block(1, { f: 0, block: 0 }), g.block(1, { f: 0, block: 1 })];
  g.entry = entry;
  const edges = [entry, header].map((from): Edge => ({ from, to: header, weight: 1 }));
  header.preds.push(...edges);
  const variables = new Variables(g, locals);
  variables.seal();
  for (const v of [0, 1]) variables.write(entry, v, g.node(entry, 'param', type, []));
  variables.fill(entry);
  variables.seal();
  return { variables, header };
}

/* Kernel spo2ratio: `*ewma = *ewma == 0 ? sample : *ewma + ((sample - *ewma) >> 5)` of int64_t, in a loop: both words are chosen. */
it('knows the type of what a loop carries before it knows its ways', () => {
  const { variables, header } = loop('i64', (v) => (v === 0 ? 'i64' : undefined));
  expect([0, 1].map((v) => variables.read(header, v).type)).toEqual(['i64', 'i64']);
});
