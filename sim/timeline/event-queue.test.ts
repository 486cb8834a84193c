import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EventQueue } from './event-queue.ts';

it('gives events by time, and in order of insertion where times are equal', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (times) => {
      const queue = new EventQueue<{ time: number; index: number }>();
      times.forEach((time, index) => queue.push(time, { time, index }));
      const sorted = times
        .map((time, index) => ({ time, index }))
        .sort((a, b) => a.time - b.time || a.index - b.index);
      expect(queue.size).toBe(times.length);
      for (const entry of sorted) {
        expect(queue.nextNs).toBe(entry.time);
        expect(queue.pop()).toEqual(entry);
      }
      expect(queue.nextNs).toBe(Infinity);
      expect(queue.pop()).toBeUndefined();
    }),
  );
});
