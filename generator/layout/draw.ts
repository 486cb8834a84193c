/**
 * The memory plan as text: what lies where, and for which stages it matters. A column is a slot of the schedule (a stage, or the
 * branches of one group); rows that share addresses are never marked in the same column.
 *
 *      address     bytes  1 2 3  what
 *           24     41168  # # #  constants
 *        41664     12800  . # .  model_lstm_states: 100 x 64, h of the reverse direction
 */
import type { PlanView } from '../../kernel/evidence.ts';

export function drawPlan({ slots, rows }: PlanView): string[] {
  const line = (address: string, bytes: string, marks: readonly string[], what: string): string =>
    `${address.padStart(9)} ${bytes.padStart(9)}  ${marks.join(' ')}  ${what}`;
  const heads = slots.map((_, slot) => String((slot + 1) % 10));
  return [
    line('address', 'bytes', heads, 'what'),
    ...rows.map(({ address, bytes, first, last, what }) => {
      const marks = slots.map((_, slot) => (first <= slot && slot <= last ? '#' : '.'));
      return line(String(address), String(bytes), marks, what);
    }),
  ];
}

/** Which stages a slot stands for, one line each. */
export const slotLines = ({ slots }: PlanView): string[] =>
  slots.map((title, slot) => `${String(slot + 1).padStart(3)}  ${title}`);
