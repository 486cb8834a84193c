/** `escapement transform`: a trained network in branches, what it costs and saves, and a file that compiles. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transformText } from '../../cli/text/transform.ts';
import type { TransformReport } from '../../cli/text/transform-report.ts';
import { fold } from '../../generator/graph/fold.ts';
import { toNetwork } from '../../generator/graph/to-network.ts';
import { parseOnnx } from '../../generator/onnx/parse.ts';
import type { SimulationResult } from '../../sim/result.ts';
import { escapement } from './run.ts';

let out: string;
beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), 'escapement-'));
});
afterAll(() => rmSync(out, { recursive: true, force: true }));
const board = ['--board', 'sony-smartwatch-3'];

describe('transform', () => {
  it('makes a sub-RNN out of the 64-unit network', async () => {
    const argv = ['transform', 'deepauth', '--model', 'rnn64', '--branches', '2', ...board, '--out', out];
    const run = await escapement(...argv, '--json');
    expect(run.err).toBe('');
    const report = JSON.parse(run.out) as TransformReport;
    const { before, after } = report;
    expect(report.units).toEqual([32, 32]);
    // pre 200 x 6 x 64; each branch 100 steps x 4 x 32 x (64 + 32); bottleneck 64 x 32.
    expect(after.macs).toBe(200 * 6 * 64 + 2 * 100 * 4 * 32 * 96 + 64 * 32);
    expect(before.macs).toBe(200 * 6 * 64 + 200 * 4 * 64 * 128 + 64 * 32);
    // Of the layer's weights, inputs stay and half of the recurrent ones go: 96 of 128.
    expect(after.constantBytes! / before.constantBytes!).toBeGreaterThan(0.7);
    expect(after.constantBytes! / before.constantBytes!).toBeLessThan(0.9);
    expect([before.coresUsed, after.coresUsed]).toEqual([1, 2]);
    expect(after.latencyMs!.value).toBeLessThan(0.5 * before.latencyMs!.value);
    // Not trained further, and still far better than guessing.
    expect(after.float!.eer).toBeLessThan(0.4);
    const network = toNetwork(fold(parseOnnx(new Uint8Array(readFileSync(report.file)), report.file)));
    expect(network.layers.filter((layer) => layer.parallel).map((layer) => layer.parallel!.branch)).toEqual([
      0, 1,
    ]);
    const text = transformText(report);
    expect(text).toMatch(/32 \+ 32 units, one segment of the sequence each/);
    expect(text).toMatch(/fine-tune the file/);
  }, 180_000);

  it('takes a model alone, and says what it cannot know then', async () => {
    const model = fileURLToPath(new URL('../../examples/deepauth/rnn64/model.onnx', import.meta.url));
    const run = await escapement('transform', model, '--branches', '4', '--out', out);
    expect(run.code).toBe(0);
    expect(run.out).toMatch(/16 \+ 16 \+ 16 \+ 16 units/);
    expect(run.out).toMatch(/Without a pipeline there are no windows/);
  });

  it.each([
    [['--branches', '1'], /ESC309 --branches wants a number from 2 to 16, got "1"/],
    [['--branches', '2.5'], /ESC309/],
    [['--branches', '2', '--features'], /ESC152 .*do not come from a dense layer/],
    [['--branches', '2', '--layer', 'nope'], /ESC151/],
  ])('refuses %j on pulse', async (options, message) => {
    const run = await escapement('transform', 'pulse', '--rate', '20', '--out', out, ...options);
    expect(run.code).toBe(2);
    expect(run.err).toMatch(message);
  });
});

describe('a graph that has branches already', () => {
  it('is found, and its branches run on cores side by side where the board has them', async () => {
    const results = await Promise.all(
      ['sony-smartwatch-3', 'we-be-class'].map(async (id) => {
        const run = await escapement('simulate', 'deepauth', '--model', 'sub128', '--board', id, '--json');
        return JSON.parse(run.out) as SimulationResult;
      }),
    );
    const branches = results.map((result) => result.stages.filter((stage) => stage.parallel));
    expect(branches.map((stages) => stages.map((stage) => stage.title))).toEqual([
      ['head_rnn', 'tail_rnn'],
      ['head_rnn', 'tail_rnn'],
    ]);
    expect(results.map((result) => result.coresUsed)).toEqual([2, 1]);
    const [watch] = results;
    const [head, tail] = branches[0]!;
    const serial = watch!.stages.reduce((sum, stage) => sum + stage.cycles.value, 0);
    const saved = Math.min(head!.cycles.value, tail!.cycles.value);
    const kernel = watch!.latencyParts.find(({ name }) => name === 'kernel')!;
    expect(kernel.ms).toBeCloseTo((serial - saved) / watch!.clockMhz / 1000, 3);
  }, 120_000);
});
