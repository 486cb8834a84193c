/** A bidirectional LSTM on this computer: our kernels against ONNX Runtime, batch 1, one thread. */
import type { Benchmark } from '../benchmark.ts';
import { emptyModel, floatModel, int8Model, kernelCall, macs, shape, snrDb, window } from '../bilstm.ts';
import { ortCall, ortVersion } from '../onnx-runtime.ts';
import { inTurns } from '../rounds.ts';

const plan = { rounds: 451, calls: 2, warmUp: 300 };

export const recurrent: Benchmark = {
  name: 'recurrent',
  title: `Bi-LSTM, ${shape.units} units, ${shape.inputs} inputs, ${shape.steps} steps, batch 1, one thread`,
  limits: [
    'Weights of 8 bits widened to 16, states of 16 bits, sums of 32: every bit equals the integer reference. Row by row a lane, so nothing',
    'is added across lanes; gates, tables and cells four units at a time (docs/decisions/0083, 0121).',
    '',
    'The limit. A WebAssembly vector has 128 bits; eight products take two operations (`i32x4.dot_i16x8_s`, `i32x4.add`), and this core has three',
    'vector ports. 13.5 million products are 3.38 million operations, 1.13 million cycles, 0.29 ms at its 3.9 GHz, with ports that are never idle and gates',
    'for nothing. Written in assembly the same two instructions reach 1.42 pairs a cycle of the 1.5 that three ports allow; the matrix part of this kernel',
    'reaches 1.35 with its weights (135 KB a direction) streaming from the second level of caches at 22 bytes a cycle: 0.32 ms. Gates,',
    'tables and cells take 0.08 ms: 19 operations for four gates, 24 for four cells and states, 12 for the table between, against the same ports.',
    '',
    'The goal for float32, 2.0x, would need less than 0.27 ms here, below that floor: native code has vectors of 512 bits on this CPU. On a machine with AVX2',
    'only, where a first sketch of this profile had been measured against the same two, float32 took 1.0 ms and int8 0.45 ms. Relaxed dot products were tried',
    'and dropped (docs/decisions/0120): V8 of Node.js 20 computes them wrongly, and they gain little with 24. Several windows at once gain 5 % at most (0122).',
  ],
  async run() {
    const x = {
      name: 'x',
      data: Float32Array.from(window),
      shape: [shape.steps, 1, shape.inputs],
    };
    const host = await kernelCall('host');
    const aot = await kernelCall('aot');
    const float = await ortCall(floatModel(), x, 'y');
    const int8 = await ortCall(int8Model(), x, 'y');
    const nothing = await ortCall(emptyModel(), x, 'y');
    const contenders = [
      { name: 'Escapement, profile host (WebAssembly SIMD)', run: host.run },
      { name: `ONNX Runtime ${ortVersion()} native, LSTM float32`, run: float },
      { name: `ONNX Runtime ${ortVersion()} native, DynamicQuantizeLSTM int8`, run: int8 },
      { name: 'Escapement, profile aot (scalar, as flashed)', run: aot.run },
      { name: 'ONNX Runtime, a call that does nothing', run: nothing },
    ];
    const times = await inTurns(contenders, plan);
    const results = [host.result(), await float(), await int8(), aot.result()];
    const [ours, , , , call] = times.map(({ medianMs }) => medianMs);
    const ratio = (theirs: number): string => {
      const quiet = times[theirs]!.fastestMs / times[0]!.fastestMs;
      const [median, bare] = [0, call!].map((less) => (times[theirs]!.medianMs - less) / ours!);
      return (
        `**${median!.toFixed(2)}x** (${bare!.toFixed(2)}x without what a call itself costs; ` +
        `${quiet.toFixed(2)}x by the fastest rounds)`
      );
    };
    return [
      '| contender | median ms (quartiles) | fastest round ms | G MAC/s | time / host | SNR to float64, dB |',
      '| --- | --- | --- | --- | --- | --- |',
      ...times
        .slice(0, results.length)
        .map(
          ({ name, medianMs, lowerMs, upperMs, fastestMs }, c) =>
            `| ${name} | ${medianMs.toFixed(3)} (${lowerMs.toFixed(3)} .. ${upperMs.toFixed(3)}) | ${fastestMs.toFixed(3)} | ` +
            `${(macs / medianMs / 1e6).toFixed(1)} | ${(medianMs / ours!).toFixed(2)} | ${snrDb(results[c]!).toFixed(0)} |`,
        ),
      `| ${times[4]!.name} | ${call!.toFixed(3)} | ${times[4]!.fastestMs.toFixed(3)} | | | |`,
      '',
      `Profile \`host\` against float32: ${ratio(1)}; against int8: ${ratio(2)}. Windows a second, this layer alone: ` +
        `${Math.round(1000 / ours!)} with \`host\`, ${Math.round(1000 / times[3]!.medianMs)} with \`aot\`.`,
    ];
  },
};
