/**
 * Variables on which the walk tells ways apart instead of forgetting them where ways meet: those that say where in a table that
 * nothing writes the walk is, and those that come out of one. A tree is walked so, node by node: the place in the table is known on
 * each way, although which way is taken rests on data.
 */
import { variablesOf, within, type Expression } from './expression.ts';
import type { Item } from './item.ts';

/** `hits`: loads that came upon such a table. */
export function followed(body: readonly Item[], hits: ReadonlySet<object>): Set<number> {
  const found = new Set<number>();
  const assigned: { variable: number; expression: Expression }[] = [];
  const addressed = (e: Expression): void => {
    for (const part of within(e)) if (hits.has(part)) variablesOf(part, found);
  };
  const look = (items: readonly Item[]): void => {
    for (const item of items) {
      if ('expression' in item) addressed(item.expression);
      if (item.kind === 'call') item.expressions.forEach(addressed);
      if (item.kind === 'assign') {
        assigned.push(item);
        if ([...within(item.expression)].some((e) => hits.has(e))) found.add(item.variable);
      }
      if ('body' in item) look(item.body);
      if (item.kind === 'if') look(item.otherwise);
    }
  };
  look(body);
  // What such a variable is made of.
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const { variable, expression } of assigned) if (found.has(variable)) variablesOf(expression, found);
  }
  return found;
}
