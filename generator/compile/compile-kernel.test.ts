import { describe, expect, it } from 'vitest';
import { KernelInstance } from '../../kernel/instance.ts';
import type { Program } from '../emit/program.ts';
import { compileKernel, type KernelIdentity } from './compile-kernel.ts';
import { readSections, readUnsigned, unsigned, writeSections } from './sections.ts';
import { validateKernel } from './validate.ts';

const program: Program = {
  name: 'doubler/25hz',
  blocks: [
    { name: 'gain', type: 'i16', length: 1, kind: 'constant', data: Int16Array.of(2), note: 'gain' },
    { name: 'calls', type: 'i32', length: 1, kind: 'state', note: 'calls since reset' },
    { name: 'x', type: 'i16', length: 3, kind: 'io', note: 'input', scale: 0.5 },
    { name: 'y', type: 'i16', length: 3, kind: 'io', note: 'output', scale: 0.5 },
  ],
  stages: [
    {
      name: 'model_double',
      title: 'doubles its input',
      blocks: ['gain', 'calls', 'x', 'y'],
      uses: {},
      body: [
        'store<i32>($calls, load<i32>($calls) + 1);',
        'for (let i: usize = 0; i < 6; i += 2) store<i16>($y + i, load<i16>($x + i) * load<i16>($gain));',
        'return load<i32>($calls);',
      ],
      returns: 'i32',
      macs: 3,
      proofs: [],
      run: () => {},
    },
  ],
  entries: [{ name: 'infer', stages: ['model_double'] }],
};

const identity: KernelIdentity = {
  rateHz: 25,
  windowSeconds: 4,
  hopSeconds: 4,
  steps: 3,
  channels: [],
  trainedForRate: true,
  decision: { kind: 'argmax', classes: 3 },
  io: { modelInput: 'x', modelOutput: 'y' },
};

const compile = () => compileKernel(program, identity, { generator: 'test', cacheFolder: null });

describe('compileKernel', () => {
  it('turns a program into a module that runs at the addresses of its manifest', async () => {
    const { wasm, manifest } = await compile();
    const kernel = KernelInstance.load(wasm, manifest);
    kernel.writeModelInput([1, -2, 3.5]);
    expect(kernel.infer()).toBe(1);
    expect(kernel.infer()).toBe(2);
    expect([...kernel.readModelOutput()]).toEqual([2, -4, 7]);
    kernel.reset();
    expect(kernel.infer()).toBe(1);
  });

  it('gives the same bytes for the same program', async () => {
    const [a, b] = [await compile(), await compile()];
    expect(a.source).toBe(b.source);
    expect(Buffer.from(a.wasm).equals(Buffer.from(b.wasm))).toBe(true);
    expect(a.manifest).toEqual(b.manifest);
  });

  it('imports nothing, starts nothing and exports the heap base that WAMR shrinks memory to', async () => {
    const { wasm, manifest } = await compile();
    const module = new WebAssembly.Module(wasm);
    expect(WebAssembly.Module.imports(module)).toEqual([]);
    const { exports } = new WebAssembly.Instance(module);
    expect((exports.__heap_base as WebAssembly.Global).value).toBe(manifest.memory.heapBase);
    expect((exports.__data_end as WebAssembly.Global).value).toBe(manifest.memory.dataEnd);
  });

  it('carries the signature of the manifest in its first data bytes', async () => {
    const { wasm, manifest } = await compile();
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm));
    const bytes = new Uint8Array((exports.memory as WebAssembly.Memory).buffer, 16, 8);
    expect(Buffer.from(bytes).toString('hex')).toBe(manifest.signature);
  });

  it('refuses a manifest of another kernel (ESC304)', async () => {
    const { wasm, manifest } = await compile();
    const other = { ...manifest, wasmSha256: '0'.repeat(64) };
    expect(() => KernelInstance.load(wasm, other)).toThrow(/ESC304.*Compile the pipeline again/);
  });

  it('reports what the compiler refuses (ESC302)', async () => {
    const broken = { ...program, stages: [{ ...program.stages[0], body: ['return nothing;'] }] };
    await expect(compileKernel(broken, identity, { generator: 'test' })).rejects.toThrow(
      /ESC302 .*doubler\/25hz.*Cannot find name 'nothing'/,
    );
  });

  it.each([
    ['no-floats', 'return i32(f32(load<i32>($calls)) * 1.5);'],
    ['no-memory-grow', 'return memory.grow(1);'],
    ['no-memory-size', 'return memory.size();'],
  ])('refuses a kernel that breaks "%s" (ESC303)', async (rule, line) => {
    const broken = { ...program, stages: [{ ...program.stages[0], body: [line] }] };
    await expect(compileKernel(broken, identity, { generator: 'test' })).rejects.toThrow(`ESC303`);
    await expect(compileKernel(broken, identity, { generator: 'test' })).rejects.toThrow(rule);
  });
});

describe('validateKernel', () => {
  const header = [0, 97, 115, 109, 1, 0, 0, 0];

  it('refuses an import, and a module that is none (ESC303, ESC501)', () => {
    // (module (import "e" "f" (func)))
    const imports = [1, 4, 1, 0x60, 0, 0, 2, 7, 1, 1, 101, 1, 102, 0, 0];
    expect(() => validateKernel('k', Uint8Array.of(...header, ...imports))).toThrow(/ESC303.*"no-imports"/);
    expect(() => validateKernel('k', Uint8Array.of(1, 2, 3))).toThrow(/ESC501/);
  });

  it('refuses what V8 takes and WebAssembly 1.0 does not', async () => {
    const { wasm } = await compile();
    // One more type, (func (result i32 i32)): multi-value.
    const sections = readSections(wasm).map((section) => {
      if (section.id !== 1) return section;
      const [count, start] = readUnsigned(section.payload, 0);
      const types = section.payload.subarray(start);
      return { id: 1, payload: Uint8Array.of(...unsigned(count + 1), ...types, 0x60, 0, 2, 0x7f, 0x7f) };
    });
    const wider = writeSections(wasm, sections);
    expect(WebAssembly.validate(wider)).toBe(true);
    expect(() => validateKernel('k', wider)).toThrow(/ESC303.*mvp-with-sign-extension-only \(multi-value\)/);
    expect(() => validateKernel('k', wasm)).not.toThrow();
  });
});
