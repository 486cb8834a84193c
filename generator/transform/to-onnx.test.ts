/** Exported models mean what the network means, by the importer and by the shape of the file. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fold } from '../graph/fold.ts';
import { loadModel, sharedModelsAbsent } from '../graph/testing/shared-models.ts';
import { toNetwork } from '../graph/to-network.ts';
import type { Network } from '../graph/network.ts';
import { floats } from '../graph/make-tensor.ts';
import { evaluateNetwork } from '../layers/evaluate-network.ts';
import { random, view } from '../layers/testing.ts';
import { evaluateGraph } from '../ops/evaluate.ts';
import { parseOnnx } from '../onnx/parse.ts';
import { ModelType } from '../onnx/schema.ts';
import { writeOnnx } from '../onnx/write.ts';
import { splitRecurrent } from './sub-rnn.ts';
import { EXPORT_OPSET, networkToGraph } from './to-onnx.ts';
import { largestDifference, small } from './testing.ts';

const reread = (network: Network): Network =>
  toNetwork(fold(parseOnnx(writeOnnx(networkToGraph(network)), 'again')));
const r = random(3);
const windows = (network: Network, count = 5): Float64Array[] => {
  const { steps, features } = network.buffers[network.input]!;
  return Array.from({ length: count }, () => r.array(steps * features, 2));
};

describe('networkToGraph', () => {
  const kinds = ['lstm', 'gru', 'rnn'] as const;
  const directions = ['forward', 'reverse', 'bidirectional'] as const;
  it.each(kinds.flatMap((kind) => directions.map((direction) => ({ kind, direction }))))(
    'writes $kind $direction so that it comes back the same',
    ({ kind, direction }) => {
      const network = small({ kind, direction });
      expect(largestDifference(network, reread(network), windows(network))).toBeLessThan(1e-6);
    },
  );

  it('means the same by the float operators alone, without the lowering to layers', () => {
    const network = small({ direction: 'bidirectional' });
    const graph = networkToGraph(network);
    const [window] = windows(network);
    const [input] = graph.inputs;
    const x = floats(input!.shape, window!);
    const y = evaluateGraph(graph, new Map([['x', x]])).get('y')!;
    const real = evaluateNetwork(network, x.data).y!;
    expect(y.shape).toEqual([1, 2]);
    y.data.forEach((value, k) => expect(Math.abs(value - real[k]!)).toBeLessThan(1e-6));
  });

  it('writes what other tools ask of a file: versions, typed input and output, distinct names, all inputs known', () => {
    const bytes = writeOnnx(networkToGraph(small()), [{ type: 'float32', shape: [1, 2] }]);
    const model = ModelType.toObject(ModelType.decode(bytes), { longs: Number, arrays: true }) as never as {
      irVersion: number;
      opsetImport: { domain: string; version: number }[];
      graph: {
        node: { name: string; input: string[]; output: string[] }[];
        initializer: { name: string; dataType: number }[];
        input: { name: string; type: { tensorType: { elemType: number } } }[];
        output: { name: string; type: { tensorType: { elemType: number; shape: { dim: unknown[] } } } }[];
      };
    };
    expect(model.irVersion).toBe(8);
    expect(model.opsetImport.map((o) => o.version)).toEqual([EXPORT_OPSET]);
    const { node, initializer, input, output } = model.graph;
    expect(input[0]!.type.tensorType.elemType).toBe(1);
    expect(output[0]!.type.tensorType).toMatchObject({ elemType: 1, shape: { dim: [{}, {}] } });
    const names = node.map((n) => n.name);
    expect(new Set(names).size).toBe(names.length);
    const known = new Set(['', ...input.map((i) => i.name), ...initializer.map((i) => i.name)]);
    for (const { input: reads, output: writes } of node) {
      for (const name of reads) expect(known).toContain(name);
      for (const name of writes) {
        expect(name === '' || !known.has(name)).toBe(true);
        known.add(name);
      }
    }
    expect(known).toContain(output[0]!.name);
  });

  it('refuses a layer that ONNX operators do not make', () => {
    const network: Network = {
      name: 'near',
      buffers: { x: { steps: 1, features: 2 }, y: { steps: 1, features: 2 } },
      input: 'x',
      output: 'y',
      layers: [
        {
          ...{ kind: 'neighbours', name: 'nearest', input: view('x', 1, 2), output: view('y', 1, 2) },
          ...{ vectors: new Float64Array(4), labels: Int32Array.of(0, 1), k: 1 },
        },
      ],
    };
    expect(() => networkToGraph(network)).toThrow(
      /ESC155 Layer nearest \(neighbours\) of model near cannot be written as ONNX operators\. Transform a model of/,
    );
  });
});

describe.skipIf(sharedModelsAbsent)(`shipped models ${sharedModelsAbsent ?? ''}`, () => {
  it.each(['pulse/25hz', 'deepauth/rnn128', 'deepauth/sub128'])('%s comes back the same', (model) => {
    const network = toNetwork(fold(loadModel(model)));
    expect(largestDifference(network, reread(network), windows(network, 2))).toBeLessThan(1e-6);
  });
});

/** Installed with the benchmarks alone (`npm ci` in bench/). */
const runtime = fileURLToPath(
  new URL('../../bench/node_modules/onnxruntime-node/package.json', import.meta.url),
);

describe.skipIf(!existsSync(runtime))('ONNX Runtime (bench/node_modules)', () => {
  it.each(['lstm', 'gru', 'rnn'] as const)(
    'loads a split %s and gives what the network gives',
    async (kind) => {
      interface Session {
        run(feeds: object): Promise<Record<string, { data: Float32Array }>>;
      }
      const ort = createRequire(runtime)('onnxruntime-node') as {
        InferenceSession: { create(bytes: Uint8Array): Promise<Session> };
        Tensor: new (type: string, data: Float32Array, shape: readonly number[]) => object;
      };
      const whole = small({ kind, direction: 'bidirectional' });
      const { network } = splitRecurrent(whole, { branches: 2, windows: windows(whole, 20) });
      const bytes = writeOnnx(networkToGraph(network), [{ type: 'float32', shape: [1, 2] }]);
      const [window] = windows(network, 1);
      const session = await ort.InferenceSession.create(bytes);
      const result = await session.run({
        x: new ort.Tensor('float32', Float32Array.from(window!), [1, 12, 3]),
      });
      const real = evaluateNetwork(network, window!.map(Math.fround)).y!;
      result.y!.data.forEach((value, k) => expect(Math.abs(value - real[k]!)).toBeLessThan(1e-5));
    },
  );
});
