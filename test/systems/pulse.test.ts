/** examples/pulse: the gate on real sessions, identification and verification, each in one kernel. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { buildKernel } from '../../generator/build-kernel.ts';
import { chooseModel } from '../../generator/choose-model.ts';
import { toFrames } from '../../generator/data/resample.ts';
import { loadPipeline } from '../../generator/pipeline/load.ts';
import { argmax } from '../../generator/verify/metrics.ts';
import { verifyKernel } from '../../generator/verify/verify-kernel.ts';
import { KernelInstance } from '../../kernel/instance.ts';
import { status } from '../../kernel/manifest.ts';
import { sharedOrSkip } from '../data/shared.ts';

const folder = fileURLToPath(new URL('../../examples/pulse/', import.meta.url));
const identification = loadPipeline(join(folder, 'pipeline.json'));
const verification = loadPipeline(join(folder, 'verification.json'));
/** Tables are padded to align: single spaces here. */
const readme = readFileSync(join(folder, 'README.md'), 'utf8').replace(/ +/g, ' ');
const percent = (share: number) => (100 * share).toFixed(2);

const lines = (path: string): string[] =>
  gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split('\n');

describe('pulse', () => {
  it.each([20, 25, 64])('identifies and verifies as the float model does at %d Hz', async (rateHz) => {
    for (const loaded of [identification, verification]) {
      const choice = chooseModel(loaded.pipeline, { rateHz });
      const { agreement, float, fixed, trials } = verifyKernel(
        loaded,
        await buildKernel(loaded, choice, { generator: 'test' }),
      );
      expect(agreement).toBeGreaterThanOrEqual(0.99);
      expect(Math.abs(fixed.eer - float.eer)).toBeLessThanOrEqual(0.005);
      if (loaded === verification)
        expect(readme).toContain(
          `| ${rateHz} Hz | ${trials} | ${[fixed.far, fixed.frr, float.eer, fixed.eer, agreement].map(percent).join(' | ')} |`,
        );
    }
  });

  it('refuses windows of the last quarter of all raw sessions by their signal alone', async (context) => {
    const data = sharedOrSkip(context, 'data/stress_predict_e4');
    const choice = chooseModel(identification.pipeline, { rateHz: 25 });
    const built = await buildKernel(identification, choice, { generator: 'test' });
    const kernel = KernelInstance.load(built.wasm, built.manifest);
    const windows: { moved: boolean; refused: boolean; right: boolean }[] = [];
    for (let person = 1; person <= 20; person++) {
      const name = `S${String(person).padStart(2, '0')}`;
      const pulse = Float64Array.from(lines(join(data, `${name}_BVP.csv.gz`)).slice(2), Number);
      const motion = lines(join(data, `${name}_ACC.csv.gz`))
        .slice(2)
        .map((line) => Math.hypot(...line.split(',').map((v) => Number(v) / 64)));
      const recording = {
        file: name,
        timesS: Float64Array.from(pulse, (_, i) => i / 64),
        columns: new Map([['bvp', pulse]]),
      };
      kernel.reset();
      const frames = toFrames(recording, identification.pipeline.channels, 25);
      frames.forEach((frame, i) => {
        if (!kernel.push(frame)) return;
        const endS = (i + 1) / 25;
        const part = motion.slice(Math.round((endS - 4) * 32), Math.round(endS * 32));
        if (endS - 4 < 0.75 * (pulse.length / 64) + 30 || part.length < 128) return;
        const answer = kernel.infer();
        const mean = part.reduce((a, b) => a + b, 0) / part.length;
        const deviation = Math.sqrt(part.reduce((sum, v) => sum + (v - mean) ** 2, 0) / part.length);
        expect(answer === status.poorSignal || answer >= 0).toBe(true);
        windows.push({
          moved: deviation > 0.03,
          refused: answer < 0,
          right: argmax(kernel.readModelOutput()) === person - 1,
        });
      });
    }
    const share = (list: typeof windows, what: 'refused' | 'right') =>
      percent(list.filter((w) => w[what]).length / list.length);
    const [calm, moved] = [false, true].map((kind) => windows.filter((w) => w.moved === kind));
    expect(readme).toContain(
      `${windows.length} windows of the last quarter of all 20 sessions: the gate refuses ${share(moved!, 'refused')} % of the ${moved!.length} in which the wrist moves and ${share(calm!, 'refused')} % of the others`,
    );
    const [kept, dropped] = [false, true].map((kind) => windows.filter((w) => w.refused === kind));
    expect(readme).toContain(
      `accuracy of all windows ${share(windows, 'right')} %, of those it keeps ${share(kept!, 'right')} %, of those it refuses ${share(dropped!, 'right')} %`,
    );
  });
});
