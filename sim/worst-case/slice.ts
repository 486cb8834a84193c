/** Of a function's structure, what some condition depends on. */
import { countedLoop } from './counted-loop.ts';
import { evaluator, variablesOf, type Expression } from './expression.ts';
import { assignment, type Item } from './item.ts';

function each(items: readonly Item[], visit: (item: Item) => void): void {
  for (const item of items) {
    visit(item);
    if ('body' in item) each(item.body, visit);
    if (item.kind === 'if') each(item.otherwise, visit);
  }
}

/** Variables that some condition or argument depends on. */
export function steering(body: readonly Item[]): Set<number> {
  const needed = new Set<number>();
  each(body, (item) => {
    if ('expression' in item && item.kind !== 'assign') variablesOf(item.expression, needed);
    if (item.kind === 'call') for (const e of item.expressions) variablesOf(e, needed);
  });
  for (let before = -1; before !== needed.size;) {
    before = needed.size;
    each(body, (item) => {
      if (item.kind === 'assign' && needed.has(item.variable)) variablesOf(item.expression, needed);
    });
  }
  return needed;
}

/** Without assignments that nothing depends on, variables in their new places. */
export function sliced(
  items: readonly Item[],
  needed: ReadonlySet<number>,
  places: ReadonlyMap<number, number>,
): Item[] {
  const moved = (e: Expression): Expression => {
    if (e.kind === 'variable') return { kind: 'variable', index: places.get(e.index)! };
    if (e.kind === 'load') return { ...e, address: moved(e.address) };
    return e.kind === 'operator' ? { ...e, args: e.args.map(moved) } : e;
  };
  return items.flatMap((item): Item[] => {
    switch (item.kind) {
      case 'assign': {
        if (!needed.has(item.variable)) return [];
        return [assignment(places.get(item.variable)!, moved(item.expression))];
      }
      case 'block':
        return [{ ...item, body: sliced(item.body, needed, places) }];
      case 'loop': {
        const body = sliced(item.body, needed, places);
        const counted = countedLoop(body);
        return [{ ...item, body, ...(counted ? { counted } : {}) }];
      }
      case 'if':
      case 'branchIf':
      case 'table':
      case 'transfer': {
        const expression = moved(item.expression);
        const condition = evaluator(expression);
        if (item.kind !== 'if') return [{ ...item, expression, condition }];
        const body = sliced(item.body, needed, places);
        return [{ ...item, expression, condition, body, otherwise: sliced(item.otherwise, needed, places) }];
      }
      case 'call': {
        const expressions = item.expressions.map(moved);
        return [{ ...item, expressions, arguments: expressions.map(evaluator) }];
      }
      default:
        return [item];
    }
  });
}
