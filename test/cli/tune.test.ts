/** `escapement tune`: widths of weights and activations that save memory at the same error rates, and a kernel that has them. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TuneReport } from '../../cli/text/tune-report.ts';
import { withinDrift } from '../../cli/text/tune-report.ts';
import { tuneText } from '../../cli/text/tune.ts';
import type { LayersReport } from '../../generator/verify/layers.ts';
import type { KernelManifest } from '../../kernel/manifest.ts';
import { escapement } from './run.ts';

let out: string;
beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), 'escapement-'));
});
afterAll(() => rmSync(out, { recursive: true, force: true }));

describe('widths in a pipeline', () => {
  it('are honoured, recorded in the manifest and refused when wrong', async () => {
    const folder = join(out, 'pulse');
    cpSync(new URL('../../examples/pulse/', import.meta.url), folder, { recursive: true });
    const path = join(folder, 'pipeline.json');
    const text = readFileSync(path, 'utf8');
    const compiled = async (widths: object) => {
      writeFileSync(
        path,
        text.replace('"rateHz": 20,', `"rateHz": 20, "widths": ${JSON.stringify(widths)},`),
      );
      return escapement('compile', folder, '--rate', '20', '--out', out, '--json');
    };
    const manifest = async (widths: object) =>
      (JSON.parse((await compiled(widths)).out) as { manifest: KernelManifest }).manifest;
    const [plain, narrow] = [await manifest({}), await manifest({ 'lstm.recurrent': 4 })];
    expect(narrow.widths).toEqual({ 'lstm.recurrent': 4 });
    // 2 directions x 256 rows x 64 states, half a byte each.
    expect(plain.memory.constantBytes - narrow.memory.constantBytes).toBe(2 * 256 * 64 * 0.5);
    // 80 steps of 64 units of the reverse direction take one byte instead of two each; a row of them waits for the pool.
    const rows = await manifest({ lstm_steps: 8 });
    expect(rows.widths).toEqual({ lstm_steps: 8 });
    expect(rows.blocks.find(({ name }) => name === 'model_lstm_states')).toMatchObject({
      type: 'i8',
      length: 80 * 64,
    });
    expect(plain.memory.bufferBytes - rows.memory.bufferBytes).toBe(80 * 64 - 64);
    const wrong = await compiled({ 'lstm.recurrent': 6 });
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringMatching(/ESC2\d\d .*widths/)]);
  });
});

describe('tune', () => {
  it('saves memory against uniform 8 bits within the drift, and the kernel has the widths found', async () => {
    const argv = ['tune', 'typing102', '--out', out, '--max-drift', '2', '--json'];
    const run = await escapement(...argv);
    expect(run.err).toBe('');
    const report = JSON.parse(run.out) as TuneReport;
    const at = (label: string) => report.points.find((point) => point.label === label)!;
    const [chosen, eight] = [at(report.chosen), at('usual')];
    expect(eight.widths).toEqual({ 'dense.weights': 8, 'dense_2.weights': 8, dense_out: 16 });
    expect(chosen.ramBytes).toBeLessThan(eight.ramBytes);
    expect(withinDrift(chosen.choosing, report.float.choosing, 2)).toBe(true);
    expect(Math.abs(chosen.choosing.eer - eight.choosing.eer)).toBeLessThanOrEqual(0.005);
    expect(chosen.choosing.trials + chosen.reporting.trials).toBe(94);
    expect(at('uniform 4').constantBytes).toBeLessThan(0.7 * at('uniform 16').constantBytes);
    for (const point of report.points)
      expect(point.acceptable).toBe(withinDrift(point.choosing, report.float.choosing, 2));

    const compiled = await escapement(
      'compile',
      'typing102',
      '--out',
      out,
      '--widths',
      report.file,
      '--json',
    );
    const { manifest } = JSON.parse(compiled.out) as { manifest: KernelManifest };
    expect(manifest.widths).toEqual(report.widths);
    expect(manifest.memory.constantBytes).toBe(chosen.constantBytes);

    const text = tuneText(report);
    expect(text).toMatch(/Half of the test windows choose, the other half reports/);
    expect(text).toMatch(new RegExp(`${report.chosen}.* chosen$`, 'm'));
    expect(text).toMatch(/against uniform 8|against usual/);
  }, 240_000);

  it('is followed by inspect and verify: bits of what a layer writes, and windows through the kernel that has them', async () => {
    const file = join(out, 'rows.json');
    writeFileSync(file, JSON.stringify({ model: 'pulse/20hz', widths: { lstm_steps: 8 } }));
    const run = await escapement('inspect', 'pulse', '--rate', '20', '--widths', file, '--json');
    const { layers } = JSON.parse(run.out) as { layers: { name: string; outputBits: number }[] };
    expect(layers.map(({ name, outputBits }) => [name, outputBits])).toEqual([
      ['lstm', 8],
      ['score', 16],
      ['head', 16],
    ]);
    const snr = async (...widths: string[]) => {
      const argv = ['verify', 'pulse', '--rate', '20', '--layers', '--min-snr', '10', '--json', ...widths];
      const report = JSON.parse((await escapement(...argv)).out) as LayersReport;
      return report.layers.find(({ layer }) => layer === 'lstm')!.ownSnrDb!;
    };
    // Seven bits and a sign of a state of up to 1: a step of 1/128 has noise of 1/443 (uniform), whatever the layer adds before.
    const [wide, narrow] = [await snr(), await snr('--widths', file)];
    expect(narrow).toBeLessThan(wide);
    expect(narrow).toBeGreaterThan(25);
  }, 120_000);

  it.each([
    [['smarteryou'], /ESC319 Model smarteryou\/user01 cannot be tuned: it has no weight matrices/],
    [['pulse', '--rate', '128'], /ESC605/],
    [['pulse', '--minimise', 'heat'], /ESC322 --minimise wants ram or cycles, got "heat"/],
  ])('refuses %j', async (argv, message) => {
    const run = await escapement('tune', ...argv, '--out', out);
    expect(run.code).toBe(2);
    expect(run.err).toMatch(message);
  });

  it.each([
    ['{', /ESC318 .*it is not JSON/],
    ['[]', /ESC318 .*it has no "widths"/],
    ['{"widths":{"lstm.inputs":4}}', /ESC316 .*"lstm\.inputs".*lstm\.input/],
    ['{"widths":{"lstm.input":5}}', /ESC317 .*"lstm\.input" cannot have 5 bits/],
    ['{"widths":{"lstm_steps":4}}', /ESC290 .*activation "lstm_steps" cannot have 4 bits.*0130.*Use 8 or 16/],
    [
      '{"widths":{"logits":8}}',
      /ESC291 .*activation "logits" cannot have 8 bits: it is the output of the model/,
    ],
  ])('compile refuses widths %s', async (text, message) => {
    const file = join(out, 'widths.json');
    writeFileSync(file, text);
    expect(readFileSync(file, 'utf8')).toBe(text);
    const run = await escapement('compile', 'pulse', '--rate', '20', '--out', out, '--widths', file);
    expect(run.code).toBe(2);
    expect(run.err).toMatch(message);
  });
});
