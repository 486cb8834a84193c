import { describe, expect, it } from 'vitest';
import type { SimulationResult } from '../../sim/result.ts';
import { fixtureReport } from '../../report/testing/fixture.ts';
import { terminalReport } from '../../report/terminal/report.ts';
import { terminalSimulation } from '../../report/terminal/simulation.ts';
import { displayWidth, plain } from '../../report/text/width.ts';
import { expectGolden } from './golden.ts';
import { ATTACKS, hostileReport } from './hostile.ts';

const report = fixtureReport();
const widest = (text: string): number => Math.max(...text.split('\n').map(displayWidth));
const find = (system: number, board: string, runtime: string, rateHz: number): SimulationResult =>
  report.systems[system]!.variants[0]!.results.find(
    (result) => result.board === board && result.runtime === runtime && result.rateHz === rateHz,
  )!;

describe('terminalReport', () => {
  it('is as reviewed, in a pipe and on a narrow terminal', () => {
    expectGolden('report-100.txt', terminalReport(report, { colour: false }));
    expectGolden('report-80.txt', terminalReport(report, { colour: false, columns: 80 }));
  });

  it('keeps to the terminal: 100 cells at most, 80 on a narrow one', () => {
    expect(widest(terminalReport(report, { colour: false, columns: 240 }))).toBeLessThanOrEqual(100);
    expect(widest(terminalReport(report, { colour: false, columns: 80 }))).toBeLessThanOrEqual(80);
  });

  it('colours without changing a character of the text', () => {
    const coloured = terminalReport(report, { colour: true });
    expect(coloured).toContain('\u001b[32m');
    expect(plain(coloured)).toBe(terminalReport(report, { colour: false }));
  });

  it('sends no control character without colour, whatever a name holds', () => {
    const text = terminalReport(hostileReport(), { colour: false });
    expect(text).not.toMatch(/[^\P{Cc}\n]/u);
    expect(text).not.toContain('\u202e');
    expect(text).toContain('<1b>[2J');
    expect(text).toContain(ATTACKS.runtime);
  });

  it('shows a choice other than its own', () => {
    const text = terminalReport(report, {
      colour: false,
      choices: { pulse: { board: 'moto-360-sport', runtime: 'wasm3', rateHz: 128 } },
    });
    expect(text).toContain('Bi-LSTM 64 with attention on moto-360-sport (cortex-a7, 1.2 GHz) with wasm3');
    expect(text).toContain('pulse at 128 Hz: boards by runtimes');
  });

  it('says so where a rate has a cost only', () => {
    const text = terminalReport(report, { colour: false });
    expect(text).toContain('¹ cost only: no model trained for this rate');
    expect(text).not.toContain('cycle-accurate');
  });

  it('has an ending for a run without systems', () => {
    expect(terminalReport({ tool: 'escapement 0', systems: [], fingerprint: 'abc' }, { colour: false })).toBe(
      'escapement 0; latency is cycle-approximate, bands are [low..high]; fingerprint abc\n',
    );
  });
});

describe('terminalSimulation', () => {
  it.each([
    ['simulation-pass.txt', find(0, 'we-be-class', 'wasm2c-unchecked', 25)],
    ['simulation-undecided.txt', find(0, 'we-be-class', 'wasm2c', 25)],
    ['simulation-fail-memory.txt', find(1, 'we-be-class', 'wasm3', 512)],
    ['simulation-fail-sensor.txt', find(0, 'sony-smartwatch-3', 'wasm2c', 25)],
    ['simulation-two-cores.txt', find(1, 'sony-smartwatch-3', 'wasm2c', 25)],
  ])('%s is as reviewed', (name, result) => {
    const text = terminalSimulation(result, { colour: false });
    expectGolden(name, text);
    expect(widest(text)).toBeLessThanOrEqual(100);
    expect(widest(terminalSimulation(result, { colour: false, columns: 80 }))).toBeLessThanOrEqual(80);
  });

  it('names the kind and the source of every part and item', () => {
    const result = find(0, 'we-be-class', 'wasm2c', 25);
    const text = terminalSimulation(result, { colour: false }).replace(/\s+/g, ' ');
    for (const { kind, source } of [...result.power.parts, ...result.memory.items]) {
      expect(text).toContain(kind);
      expect(text).toContain(source);
    }
  });
});
