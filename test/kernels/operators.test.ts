import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { operatorRows } from '../../scripts/kernels.ts';

describe('docs/kernels.md', () => {
  it('holds the operators that the kernels execute (npm run kernels writes it anew), within the limits', async () => {
    const rows = await operatorRows(['25hz']);
    expect(rows).toHaveLength(2);
    const page = readFileSync(new URL('../../docs/kernels.md', import.meta.url), 'utf8');
    for (const row of rows) expect(page).toContain(row);
    for (const row of rows) {
      const [, , layer, macs, , aot, , interp] = row.split('|').map((cell) => cell.trim());
      if (!/lstm|rnn/.test(layer!) || Number(macs) < 1e6) continue;
      // Per multiply-accumulate, everything counted; the Pulse layer has 65 products a row and the pool in it.
      expect(Number(aot)).toBeLessThanOrEqual(7);
      expect(Number(interp)).toBeLessThan(6);
    }
  }, 180_000);
});
