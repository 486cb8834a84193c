/** Which variables are still read, by going through the structure backwards: what nobody reads again need not be told apart. */
import { variablesOf } from './expression.ts';
import type { Item, LoopItem } from './item.ts';

type Live = ReadonlySet<number>;
const none: Live = new Set();

/** Marks `dead` behind blocks, conditionals and loops, and what loops read and write. */
export function markLiveness(body: readonly Item[]): void {
  before(body, none, []);
}

/** Variables that are read from here on. `labels`: what is read at the target of each branch, the innermost last. */
function before(items: readonly Item[], after: Live, labels: readonly Live[]): Live {
  let live = after;
  for (let i = items.length - 1; i >= 0; i--) live = beforeItem(items[i]!, live, labels);
  return live;
}

function beforeItem(item: Item, after: Live, labels: readonly Live[]): Live {
  const at = (depth: number): Live => labels[labels.length - 1 - depth] ?? none;
  switch (item.kind) {
    case 'pass':
      return after;
    case 'assign': {
      const live = new Set(after);
      live.delete(item.variable);
      variablesOf(item.expression, live);
      return live;
    }
    case 'block':
      item.dead = assignedIn(item.body).filter((v) => !after.has(v));
      return before(item.body, after, [...labels, after]);
    case 'loop':
      return beforeLoop(item, after, labels);
    case 'if': {
      item.dead = assignedIn([...item.body, ...item.otherwise]).filter((v) => !after.has(v));
      const live = new Set(before(item.body, after, [...labels, after]));
      for (const v of before(item.otherwise, after, [...labels, after])) live.add(v);
      variablesOf(item.expression, live);
      return live;
    }
    case 'branch':
      return at(item.depth);
    case 'branchIf': {
      const live = new Set([...after, ...at(item.depth)]);
      variablesOf(item.expression, live);
      return live;
    }
    case 'table': {
      const live = new Set(item.depths.flatMap((d) => [...at(d)]));
      variablesOf(item.expression, live);
      return live;
    }
    case 'transfer': {
      const live = new Set(after);
      variablesOf(item.expression, live);
      return live;
    }
    case 'return':
      return none;
    case 'call': {
      const live = new Set(after);
      for (const e of item.expressions) variablesOf(e, live);
      return live;
    }
  }
}

function beforeLoop(item: LoopItem, after: Live, labels: readonly Live[]): Live {
  let head: Live = none;
  for (let size = -1; size !== head.size;) {
    size = head.size;
    head = new Set([...head, ...before(item.body, after, [...labels, head])]);
  }
  const writes = assignedIn(item.body);
  item.reads = [...head];
  item.writes = writes;
  item.dead = writes.filter((v) => !after.has(v));
  item.fresh = writes.filter((v) => !head.has(v));
  return head;
}

function assignedIn(items: readonly Item[], found: Set<number> = new Set<number>()): number[] {
  for (const item of items) {
    if (item.kind === 'assign') found.add(item.variable);
    if ('body' in item) assignedIn(item.body, found);
    if (item.kind === 'if') assignedIn(item.otherwise, found);
  }
  return [...found];
}
