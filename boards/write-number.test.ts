import { describe, expect, it } from 'vitest';
import { parseBoard } from './load.ts';
import { newBoardTemplate } from './template.ts';
import { writeNumber } from './write-number.ts';

const text = newBoardTemplate();
const board = parseBoard(text, 'my.json');
const number = { value: 7.5, unit: 'mW', kind: 'measured' as const, source: 'bench', low: 7, high: 8 };

describe('writing a number into a board file', () => {
  it('replaces it and keeps every comment', () => {
    const written = writeNumber(text, board, 'baseline.mw', number);
    expect(parseBoard(written, 'my.json').baseline.mw).toEqual(number);
    expect(written.match(/\/\//g)).toHaveLength(text.match(/\/\//g)!.length);
    expect(written.split('\n')).toHaveLength(text.split('\n').length);
  });

  it('adds one that a part gave, at any depth', () => {
    const volts = { ...number, unit: 'V', value: 3.8, low: 3.8, high: 3.8 };
    expect(parseBoard(writeNumber(text, board, 'battery.volts', volts), 'my.json').battery.volts).toEqual(
      volts,
    );
    const efficiency = { ...number, unit: '1', value: 0.88, low: 0.87, high: 0.89 };
    const railed = parseBoard(writeNumber(text, board, 'rails.vdd.efficiency', efficiency), 'my.json');
    expect(railed.rails.vdd!.efficiency).toEqual(efficiency);
    const current = { ...number, unit: 'mA', value: 4, low: 3.9, high: 4.1 };
    const active = parseBoard(writeNumber(text, board, 'cpu.active.currentMa', current), 'my.json').cpu
      .active;
    expect(active).toMatchObject({ law: 'supply-current', currentMa: current, atMhz: { value: 64 } });
  });
});
