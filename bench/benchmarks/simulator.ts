/** The simulator's own speed: kernels with counters against the same kernels without, and what costing a run takes. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { estimateCycles } from '../../sim/timing/index.ts';
import {
  analyse,
  instrument,
  openMeter,
  operatorsByFunction,
  type BlockCounts,
} from '../../sim/wasm/index.ts';
import type { Benchmark } from '../benchmark.ts';
import { inTurns } from '../rounds.ts';

const kernels = ['pulse-25', 'pulse-64', 'rnn64', 'sub128'];
const plan = { rounds: 21, calls: 5, warmUp: 30 };

/** A shipped kernel as it stands before infer(), see test/reference. */
function shipped(name: string) {
  const path = new URL(`../../test/reference/shipped/${name}.wasm`, import.meta.url);
  const analysis = analyse(new Uint8Array(readFileSync(path)));
  const plain = new WebAssembly.Instance(new WebAssembly.Module(analysis.bytes));
  const meter = openMeter(instrument(analysis));
  const infer = (instance: WebAssembly.Instance) => (instance.exports.infer as () => number)();
  const counts = meter.count(infer);
  return { name, analysis, counts, plain: () => infer(plain), counted: () => infer(meter.instance) };
}

const copyOf = ({ blocks }: BlockCounts): BlockCounts => ({ blocks: blocks.map((f) => f.slice()) });

export const simulator: Benchmark = {
  name: 'simulator',
  title: 'The simulator: kernels with counters in V8, and costing',
  limits: [
    'Counters stand in one block of several, chosen so that the rest follows from the flow; in loops they are locals. "Costed anew" compiles the kernel for its',
    'core and schedules it; a run of the same blocks again is recognised and its cost reused.',
  ],
  async run() {
    const lines = [
      '| kernel | plain ms | with counters ms | speed kept | G operators a second | costed anew ms | again ms |',
      '| --- | --- | --- | --- | --- | --- | --- |',
    ];
    for (const name of kernels) {
      const kernel = shipped(name);
      const operators = operatorsByFunction(kernel.analysis, kernel.counts).reduce((a, b) => a + b, 0);
      const [plain, counted] = await inTurns(
        [
          { name: 'plain', run: kernel.plain },
          { name: 'counted', run: kernel.counted },
        ],
        plan,
      );
      const fresh = () =>
        estimateCycles(analyse(kernel.analysis.bytes), kernel.counts, 'cortex-m4', 'wasm2c');
      const again = () => estimateCycles(kernel.analysis, copyOf(kernel.counts), 'cortex-m4', 'wasm2c');
      const costing = await inTurns(
        [
          { name: 'anew', run: fresh },
          { name: 'again', run: again },
        ],
        { rounds: 5, calls: 1, warmUp: 1 },
      );
      const kept = plain!.medianMs / counted!.medianMs;
      const giga = operators / counted!.medianMs / 1e6;
      const ms = (v: number) => v.toFixed(2);
      lines.push(
        `| ${name} | ${ms(plain!.medianMs)} | ${ms(counted!.medianMs)} | ${kept.toFixed(2)}x | ${giga.toFixed(2)} | ` +
          `${ms(costing[0]!.medianMs)} | ${ms(costing[1]!.medianMs)} |`,
      );
    }
    return lines;
  },
};

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.stdout.write(`${(await simulator.run()).join('\n')}\n`);
