import { describe, expect, it } from 'vitest';
import type { SimulationResult } from '../../../sim/result.ts';
import type { SystemReport } from '../../run-report.ts';
import { fixtureReport } from '../../testing/fixture.ts';
import { closingLines, closingLinesOf, closingText } from './lines.ts';

const [pulse, deepauth] = fixtureReport().systems as [SystemReport, SystemReport];

/** The same system with only the results that are kept. */
const only = (system: SystemReport, keep: (result: SimulationResult) => boolean): SystemReport => ({
  ...system,
  variants: system.variants.map((variant) => ({ ...variant, results: variant.results.filter(keep) })),
});
const on = (board: string) => (result: SimulationResult) => result.board === board;

describe('closing lines', () => {
  it('are one a system and board, in the order of the report', () => {
    const lines = closingLines({ tool: 't', systems: [pulse, deepauth], fingerprint: '' });
    expect(lines.map(({ subject, board }) => `${subject} ${board}`)).toEqual(
      ['pulse at 25 Hz', 'deepauth/sub128 at 25 Hz'].flatMap((subject) =>
        ['sony-smartwatch-3', 'moto-360-1st-gen', 'moto-360-sport', 'samsung-gear-live', 'we-be-class'].map(
          (board) => `${subject} ${board}`,
        ),
      ),
    );
  });

  it('pass: say that no interpreter is fast enough, what is, and what to flash', () => {
    const [line] = closingLinesOf(only(pulse, on('we-be-class')));
    expect(line!.verdict).toBe('pass');
    expect(closingText(line!)).toBe(
      'pulse at 25 Hz on we-be-class: no interpreter meets 500 ms (nearest: wamr-fast, 4.99 s); wasm2c-unchecked does with 206 ms [185..237]. ' +
        'Next: flash the wasm2c-unchecked build: 7.53 mW [6.79..8.32], 73.7 h [66.7..81.7] of battery; export keeps each bounds check that it cannot prove idle.',
    );
  });

  it('pass in part: tell those that fail from those that are undecided', () => {
    const [line] = closingLinesOf(only(pulse, on('moto-360-1st-gen')));
    expect(line!.reason).toBe(
      'wasm2c (28.1 ms [25.3..33.8]), wasm2c-unchecked, wamr-aot and wamr-fast pass; wasm3 is undecided (latency); wamr-classic fails (latency)',
    );
  });

  it('pass everywhere: name the fastest that keeps bounds checks', () => {
    const [line] = closingLinesOf(only(deepauth, on('sony-smartwatch-3')));
    expect(line!.reason).toBe(
      'every runtime meets 500 ms; wasm2c (10.3 ms [9.3..12.3]) is the fastest that keeps bounds checks',
    );
    expect(line!.next).not.toContain('bounds checks');
  });

  it('pass without a trained model: call it a cost', () => {
    const here = only(deepauth, on('sony-smartwatch-3'));
    const [line] = closingLinesOf(here, here.variants[0], 128);
    expect(line!.next).toContain('train a model for 128 Hz');
  });

  it('fail for want of a sensor: say which board and what to do', () => {
    const [line] = closingLinesOf(only(pulse, on('sony-smartwatch-3')));
    expect(line).toMatchObject({
      verdict: 'fail',
      reason: 'No PPG sensor on this board',
      next: 'choose a board whose sensors can do this, or add the part to the board file if yours has it',
    });
  });

  it('fail at one rate: name a rate that passes', () => {
    const here = only(pulse, on('we-be-class'));
    const [line] = closingLinesOf(here, here.variants[0], 512);
    expect(line!.verdict).toBe('fail');
    expect(line!.reason).toBe(
      'no runtime meets its budgets: the nearest, wasm2c-unchecked, has RAM 579 KiB against 256 KiB, and latency 4.21 s [3.79..4.84] against 500 ms and CPU load 210 % [189..242] against 100 %',
    );
    expect(line!.next).toBe('sample at 25 Hz, where wasm2c-unchecked passes');
  });

  it('fail at every rate: say how far it is off, or pass on the advice of the simulation', () => {
    const slow = only(pulse, (r) => r.board === 'we-be-class' && r.runtime === 'wasm3');
    expect(closingLinesOf(slow, slow.variants[0], 25)[0]!.next).toBe(
      'find 12x fewer cycles: a lower rate, a shorter window or fewer units',
    );
    expect(closingLinesOf(slow, slow.variants[0], 512)[0]!.next).toBe(
      'Keep the sequence of the forward LSTM in 8 bits, or lower the rate',
    );
  });

  it('undecided: name the figure astride its limit and what would settle it', () => {
    const rest = only(pulse, (r) => r.board === 'we-be-class' && r.runtime !== 'wasm2c-unchecked');
    const [line] = closingLinesOf(rest);
    expect(line!.verdict).toBe('undecided');
    expect(line!.reason).toBe(
      'no interpreter meets 500 ms (nearest: wamr-fast, 4.99 s); wasm2c is too close to call: latency 419 ms [377..502] straddles 500 ms (also undecided: wamr-aot)',
    );
    expect(line!.next).toBe('time this kernel once on the board, which narrows the band');
  });

  it('undecided by power: point at the part with the widest band', () => {
    const open = only(deepauth, (r) => r.board === 'sony-smartwatch-3' && r.runtime === 'wasm2c');
    for (const result of open.variants[0]!.results) {
      const actual = result.power.averageMw;
      result.checks.push({
        budget: 'averageMw',
        title: 'power',
        limit: 45,
        actual,
        verdict: 'undecided',
        reason: '',
      });
      result.verdict = 'undecided';
    }
    const [line] = closingLinesOf(open);
    expect(line!.reason).toBe(
      'wasm2c (10.3 ms [9.3..12.3]) meets 500 ms, but power 38.2 mW [28.8..47.8] straddles 45 mW',
    );
    expect(line!.next).toBe(
      'measure "board, idle" on the board (assumed: 28.0 mW [19.6..36.4] of 38.2 mW), which narrows the band',
    );
  });

  it('undecided by a limit that is itself in doubt: use the words of the check', () => {
    const [system] = fixtureReport().systems as [SystemReport];
    const open = only(system, (r) => r.board === 'we-be-class' && r.runtime === 'wasm2c-unchecked');
    for (const result of open.variants[0]!.results) {
      const check = result.checks.find(({ budget }) => budget === 'ramBytes')!;
      check.verdict = 'undecided';
      check.reason = 'RAM: 68.7 KiB may or may not fit: 64 KiB to 96 KiB are free. Largest item: buffers.';
      result.verdict = 'undecided';
    }
    expect(closingLinesOf(open)[0]!.reason).toBe(
      'wasm2c-unchecked (206 ms [185..237]) meets 500 ms, but RAM: 68.7 KiB may or may not fit: 64 KiB to 96 KiB are free',
    );
  });
});
