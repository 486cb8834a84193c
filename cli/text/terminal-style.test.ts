import { describe, expect, it } from 'vitest';
import { terminalStyle } from './terminal-style.ts';

describe('terminalStyle', () => {
  it('colours a terminal only', () => {
    expect(terminalStyle({ isTTY: true, columns: 132 }, {})).toEqual({ colour: true, columns: 132 });
    expect(terminalStyle({ isTTY: false }, {})).toEqual({ colour: false, columns: 100 });
    expect(terminalStyle({}, { FORCE_COLOR: '1' })).toEqual({ colour: false, columns: 100 });
  });

  it('obeys NO_COLOR when it is not empty, and a dumb terminal', () => {
    expect(terminalStyle({ isTTY: true }, { NO_COLOR: '1' }).colour).toBe(false);
    expect(terminalStyle({ isTTY: true }, { NO_COLOR: '' }).colour).toBe(true);
    expect(terminalStyle({ isTTY: true }, { TERM: 'dumb' }).colour).toBe(false);
  });
});
