import { describe, expect, it } from 'vitest';
import { fixtureCheck } from '../testing/fixture-check.ts';
import { markdownSummary } from './summary.ts';

describe('Markdown summary', () => {
  const lines = markdownSummary(fixtureCheck).split('\n');

  it('opens with the verdict and has a table of equal columns, one row a check', () => {
    expect(lines[0]).toBe('### ❌ fail: pulse/25hz on we-be-class with wasm3 at 25 Hz');
    const table = lines.filter((line) => line.startsWith('|'));
    expect(table).toHaveLength(2 + fixtureCheck.cases.length);
    for (const row of table) expect(row.match(/(?<!\\)\|/g)).toHaveLength(5);
    expect(table[2]).toBe('| latency | 750 ms \\[375..1500\\] | 500 ms | ❌ fail |');
  });

  it('lets no text act as Markdown or HTML', () => {
    const text = lines.join('\n');
    expect(text).toContain('&lt;b>');
    expect(text).toContain('keep \\| the limit');
    expect(text).toContain('Latency is \\*approximate\\*.');
    expect(lines).toContain('- Too slow: 50 % over, "really" &lt;b>& next line, end.');
  });
});
