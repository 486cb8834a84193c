/** The float reference on conformance cases, and the runner's own honesty. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { decodeTensor } from '../../generator/onnx/tensor-proto.ts';
import { ModelType } from '../../generator/onnx/schema.ts';
import { writeTensor } from '../../generator/onnx/write.ts';
import { compareTensors, findCases, runCase } from '../../scripts/conformance-case.ts';
import { coverageText, suitesIn } from '../../scripts/conformance-table.ts';

const own = fileURLToPath(new URL('./cases/', import.meta.url));
const shared = fileURLToPath(new URL('../../../shared/', import.meta.url));
const absent = existsSync(join(shared, 'conformance'))
  ? undefined
  : '(the folder ../shared/conformance is not on this machine)';

describe('committed recurrent cases', () => {
  it.each(findCases(own).map((folder) => [folder.split('/').at(-1)!, folder]))('%s passes', (_, folder) => {
    expect(runCase(folder)).toMatchObject({ status: 'pass', folded: true });
  });

  it('there are RNN, GRU and LSTM among them, in every direction', () => {
    const names = findCases(own).join();
    for (const part of ['rnn_', 'gru_', 'lstm_', '_forward', '_reverse', '_bidirectional'])
      expect(names).toContain(part);
  });
});

const float = (values: number[]) => ({
  type: 'float32' as const,
  shape: [2],
  data: Float64Array.from(values),
});

describe('the runner', () => {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const copy = (name: string): string => {
    const to = join(folder, name);
    cpSync(join(own, 'lstm_reverse_t33_b3_060'), to, { recursive: true });
    return to;
  };

  it('calls a case wrong when one value of one output is off by 0.2 %', () => {
    const to = copy('off');
    const file = join(to, 'test_data_set_0/output_1.pb');
    const { name, tensor } = decodeTensor(readFileSync(file));
    tensor.data[7]! *= 1.002;
    writeFileSync(file, writeTensor(name, tensor));
    expect(runCase(to)).toMatchObject({
      status: 'wrong',
      reason: expect.stringMatching(/output "Y_c": .* at 7 where/),
    });
  });

  it('calls a case refused, with the refusal, when the operator is unknown', () => {
    const to = copy('unknown');
    const file = join(to, 'model.onnx');
    const model = ModelType.toObject(ModelType.decode(readFileSync(file)), { arrays: true });
    model.graph.node[0].opType = 'Fancy';
    writeFileSync(file, ModelType.encode(ModelType.fromObject(model)).finish());
    expect(runCase(to)).toMatchObject({
      status: 'refused',
      reason: expect.stringMatching(/^ESC120 .*Fancy/),
    });
  });

  it('compares types and shapes, integers exactly, NaN with NaN', () => {
    const integer = (values: number[]) => ({ ...float(values), type: 'int32' as const });
    expect(compareTensors(float([1, NaN]), float([1.0005, NaN]))).toBeUndefined();
    expect(compareTensors(float([1, 2]), float([1.002, 2]))).toMatch(/^1 at 0 where 1.002/);
    expect(compareTensors(float([1, 2]), float([NaN, 2]))).toMatch(/where NaN is due/);
    expect(compareTensors(integer([1000, 2]), integer([1001, 2]))).toMatch(/^1000 at 0/);
    expect(compareTensors(float([1, 2]), integer([1, 2]))).toMatch(/float32 where int32/);
    expect(compareTensors({ ...float([1, 2]), shape: [1, 2] }, float([1, 2]))).toMatch(/shape \[1, 2\]/);
  });
});

describe.skipIf(absent)(`shared suites ${absent ?? ''}`, () => {
  it('docs/coverage.md is up to date, with no case wrong', async () => {
    const text = await coverageText(suitesIn(shared));
    const committed = readFileSync(new URL('../../docs/coverage.md', import.meta.url), 'utf8');
    expect(committed === text, 'run: node --import tsx scripts/conformance-coverage.ts').toBe(true);
    const [recurrent, node] = ['onnx-recurrent', 'onnx-node'].map((suite) =>
      new RegExp(`\\| ${suite} +\\| (\\d+) +\\| (\\d+) +\\| \\d+ +\\| (\\d+) +\\|`)
        .exec(text)!
        .slice(1)
        .map(Number),
    );
    expect(recurrent).toEqual([72, 72, 0]);
    expect(node![1]).toBeGreaterThanOrEqual(230);
    expect(node![2]).toBe(0);
  });
});
