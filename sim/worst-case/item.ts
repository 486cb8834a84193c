/** What steers a function, as nested structure: blocks that are passed, assignments, branches and calls. */
import type { CountedLoop } from './counted-loop.ts';
import { evaluator, within, type Evaluate, type Expression } from './expression.ts';

export type Item =
  /** Control passes the start of a basic block. */
  | { kind: 'pass'; block: number }
  | { kind: 'assign'; variable: number; expression: Expression; value: Evaluate; chooses: boolean }
  /** `dead`: variables that nothing reads again once control goes on behind it. */
  | { kind: 'block'; body: Item[]; dead?: number[] }
  | LoopItem
  | {
      kind: 'if';
      expression: Expression;
      condition: Evaluate;
      body: Item[];
      otherwise: Item[];
      dead?: number[];
    }
  | { kind: 'branch'; depth: number }
  | { kind: 'branchIf'; expression: Expression; condition: Evaluate; depth: number }
  | { kind: 'table'; expression: Expression; condition: Evaluate; depths: number[] }
  | { kind: 'return' }
  /** A copy or fill of memory, the expression being its length. */
  | { kind: 'transfer'; at: number; expression: Expression; condition: Evaluate }
  | { kind: 'call'; callees: number[]; arguments: Evaluate[]; expressions: Expression[] };

export interface LoopItem {
  kind: 'loop';
  body: Item[];
  instruction: number;
  /** Which loop of the function it is, from 0, in the order of the code. */
  ordinal: number;
  /** Variables that a turn may read before it assigns them, and those that it assigns. */
  reads: number[];
  writes: number[];
  dead?: number[];
  /** Assigned variables whose value at the start of a turn nothing reads. */
  fresh?: number[];
  counted?: CountedLoop;
}

export function assignment(variable: number, expression: Expression): Item {
  const chooses = [...within(expression)].some((e) => e.kind === 'operator' && e.name === 'select');
  return { kind: 'assign', variable, expression, value: evaluator(expression), chooses };
}
