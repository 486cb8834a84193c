import { beforeAll, describe, expect, it } from 'vitest';
import type { CompiledKernel } from '../../compile/compile-kernel.ts';
import { compileVerifier } from '../testing/fixture.ts';
import { planAccesses, type AccessPlan } from './access-plan.ts';
import { generatedNames } from './names.ts';
import { rewriteAccesses } from './rewrite.ts';
import { translate, wasm2cVersion } from './translate.ts';

describe('generatedNames', () => {
  it('reads the names of wabt 1.0.32', () => {
    const names = generatedNames(`void Z_kernel_init_module(void);
void Z_kernel_instantiate(Z_kernel_instance_t*);
/* export: 'infer' */
u32 Z_kernelZ_infer(Z_kernel_instance_t*);

/* export: 'reset' */
void Z_kernelZ_reset(Z_kernel_instance_t*);

/* export: 'memory' */
wasm_rt_memory_t* Z_kernelZ_memory(Z_kernel_instance_t* instance);`);
    expect(names).toMatchObject({
      instance: 'Z_kernel_instance_t',
      instantiate: 'Z_kernel_instantiate',
      initModule: 'Z_kernel_init_module',
    });
    expect(names.exports.get('infer')).toEqual({ name: 'Z_kernelZ_infer', returns: true });
    expect(names.exports.get('reset')).toEqual({ name: 'Z_kernelZ_reset', returns: false });
  });

  it('reads the names of later releases, which have no init_module', () => {
    const names = generatedNames(`void wasm2c_kernel_instantiate(w2c_kernel*);
/* export: 'infer' */
u32 w2c_kernel_infer(w2c_kernel*);`);
    expect(names).toMatchObject({ instance: 'w2c_kernel', instantiate: 'wasm2c_kernel_instantiate' });
    expect(names.initModule).toBeUndefined();
    expect(names.exports.get('infer')?.name).toBe('w2c_kernel_infer');
  });

  it('refuses a header without an instantiation (ESC712)', () => {
    expect(() => generatedNames('int x;')).toThrow(/ESC712.*instantiates.*wabt 1.0.32/);
  });
});

describe('planAccesses', () => {
  let kernel: CompiledKernel;
  beforeAll(async () => {
    kernel = await compileVerifier();
  });
  const plan = (weights: 'flash' | 'ram', checks: 'proved' | 'all' | 'none'): AccessPlan =>
    planAccesses(kernel.wasm, kernel.manifest, { weights, checks });

  it('proves everything but what goes through the ring, whose place lies in memory', () => {
    const { count, accesses } = plan('flash', 'proved');
    expect(accesses.filter((a) => a.kind === 'any').map((a) => a.access.function.name)).toEqual([
      'signal_push',
      'signal_push',
    ]);
    const flash = accesses.filter((a) => a.kind === 'flash').map((a) => a.access.instruction.name);
    expect(new Set(flash)).toEqual(new Set(['i32.load8_s', 'i32.load16_s'])); // weights and table entries
    expect(count.any + count.ram + count.flash + count.never).toBe(accesses.length);
  });

  it('reads constants from flash only where it is proved, and keeps every check when asked to', () => {
    expect(plan('flash', 'all').count).toMatchObject({ flash: 0, ram: 0 });
    expect(plan('ram', 'none').count.any).toBe(0);
  });

  it('never calls a store into the constants anything but checked', () => {
    for (const { kind, access } of plan('flash', 'proved').accesses)
      if (access.kind === 'store') expect(kind).not.toBe('flash');
  });

  it('gives RAM to what is written only', () => {
    const { regions } = plan('flash', 'proved');
    expect(regions.ramFirst).toBe(16 + kernel.manifest.memory.constantBytes);
    expect(plan('ram', 'proved').regions.ramFirst).toBe(0);
  });

  it('refuses code whose accesses are not those of the module (ESC712)', () => {
    expect(() => rewriteAccesses('u32 f(void) { return 1; }', plan('flash', 'proved'))).toThrow(
      /ESC712.*0 memory accesses/,
    );
    const { accesses } = plan('flash', 'proved');
    const sums = accesses.map(
      ({ access }) =>
        `${access.instruction.name.replace('.', '_')}(&instance->w2c_memory, (u64)(w2c_i0) + 99u)`,
    );
    expect(() => rewriteAccesses(sums.join(';\n'), plan('flash', 'proved'))).toThrow(/ESC712.*an address/);
    const wrong = accesses.map(() => 'i64_store32(&instance->w2c_memory, (u64)(w2c_i0), w2c_j1);').join('\n');
    expect(() => rewriteAccesses(wrong, plan('flash', 'proved'))).toThrow(/ESC712.*access 0 is i64_store32/);
  });

  it.skipIf(!wasm2cVersion())('rewrites every access of the code (skipped without wasm2c)', () => {
    const { code } = translate(kernel.wasm, 'kernel_code');
    const planned = plan('flash', 'proved');
    const rewritten = rewriteAccesses(code, planned);
    expect(rewritten).not.toMatch(/\(&instance->w2c_memory, \(u64\)/);
    const calls = (kind: string) =>
      rewritten.match(new RegExp(`\\b${kind}_(load|store)\\(`, 'g'))?.length ?? 0;
    for (const kind of ['flash', 'ram', 'any', 'never'] as const)
      expect(calls(kind)).toBe(planned.count[kind]);
    expect(rewritten).toMatch(/any_store\(i32_store, w2c_\w+, \d+u, 4, [^;]*\);/);
    expect(rewritten).not.toContain('LOAD_DATA(instance');
  });

  it('says which package brings a missing wasm2c (ESC710)', () => {
    const path = process.env.PATH;
    process.env.PATH = '/nowhere';
    try {
      expect(() => translate(kernel.wasm, 'kernel_code')).toThrow(
        /ESC710 wasm2c is not installed.*apt-get install wabt/,
      );
    } finally {
      process.env.PATH = path;
    }
  });

  it.skipIf(!wasm2cVersion())('reports what wasm2c complains about (ESC711)', () => {
    expect(() => translate(Uint8Array.of(0, 0x61, 0x73, 0x6d, 9, 9, 9, 9), 'kernel_code')).toThrow(
      /ESC711 wasm2c failed/,
    );
  });
});
