import { beforeAll, describe, expect, it } from 'vitest';
import { lintModule } from './lint.ts';
import { rules } from './registry.ts';

type Binaryen = typeof import('binaryen').default;
let binaryen: Binaryen;
beforeAll(async () => {
  binaryen = (await import('binaryen')).default;
});

/** Text to binary by an assembler that is not ours. */
function assemble(text: string): Uint8Array {
  const module = binaryen.parseText(text);
  module.setFeatures(binaryen.Features.All);
  const binary = module.emitBinary();
  module.dispose();
  return binary;
}

const exports = `
  (global (export "__data_end") i32 (i32.const 64))
  (global (export "__heap_base") i32 (i32.const 64))`;
const good = `(module (memory (export "memory") 1 1) ${exports} (data (i32.const 16) "weights")
  (func (export "infer") (result i32) (i32.load (i32.const 16))))`;
const found = (text: string, runtime = 'wamr') => lintModule(assemble(text), runtime);
const names = (text: string, runtime?: string) => [...new Set(found(text, runtime).map((f) => f.rule))];
const withBody = (body: string, more = '') =>
  `(module (memory (export "memory") 1 1) ${exports} ${more} (func (export "infer") ${body}))`;

describe('lintModule', () => {
  it('finds nothing in a module that follows every rule, for every runtime', () => {
    for (const runtime of ['wasm3', 'wamr', 'wamr-aot', 'wasm2c', 'wamr-fast', 'wasm2c-unchecked'])
      expect(found(good, runtime)).toEqual([]);
  });

  it.each([
    ['no-imports', `(module (import "env" "abort" (func)) (memory (export "memory") 1 1) ${exports})`],
    ['no-start', withBody('', '(func $s) (start $s)')],
    ['exports-memory', `(module (memory 1 1) ${exports})`],
    ['fixed-memory', `(module (memory (export "memory") 1 2) ${exports})`],
    ['fixed-memory', `(module (memory (export "memory") 1) ${exports})`],
    ['no-memory-grow', withBody('(drop (memory.grow (i32.const 1)))')],
    ['no-memory-size', withBody('(drop (memory.size))')],
    ['no-mutable-globals', withBody('', '(global $g (mut i32) (i32.const 8))')],
    ['heap-base', '(module (memory (export "memory") 1 1))'],
    ['data-in-memory', withBody('', '(data (i32.const 60) "beyond 64")')],
    ['no-recursion', withBody('(call $a)', '(func $a (call $b)) (func $b (call $a))')],
    ['no-floats', withBody('(drop (f32.add (f32.const 1) (f32.const 2)))')],
    [
      'no-indirect-calls',
      withBody('(call_indirect (type $t) (i32.const 0))', '(type $t (func)) (table 1 1 funcref)'),
    ],
    ['wide-multiply', withBody('(drop (i64.mul (i64.load16_s (i32.const 0)) (i64.load16_s (i32.const 2))))')],
    [
      'low-data',
      `(module (memory (export "memory") 1 1) (data (i32.const 1024) "x")
      (global (export "__data_end") i32 (i32.const 2048)) (global (export "__heap_base") i32 (i32.const 2048)))`,
    ],
    ['accepted-features', withBody('(drop (i8x16.splat (i32.const 1)))')],
  ])('finds %s and nothing else', (rule, text) => {
    expect(names(text)).toEqual([rule]);
    for (const finding of found(text)) expect(finding.next).toMatch(/^[A-Z].*\.$/);
  });

  it('tells errors from costs, errors first', () => {
    const both = withBody('(drop (f32.const 1))', '(global $g (mut i32) (i32.const 8))');
    expect(found(both).map((f) => f.severity)).toEqual(['error', 'warning']);
    expect(found(both, 'wasm3').map((f) => f.severity)).toEqual(['warning', 'warning']);
  });

  it('knows what each runtime accepts', () => {
    const tail = withBody('(return_call $f)', '(func $f)');
    expect(names(tail, 'wasm3')).toEqual([]);
    expect(names(tail, 'wamr')).toEqual(['accepted-features']);
    const pages = assemble(good.replace('1 1)', '1 1 (pagesize 1))'));
    expect(lintModule(pages, 'wasm2c').some((f) => f.rule === 'accepted-features')).toBe(true);
  });

  it('names the function and the offset of an instruction', () => {
    const [finding] = found(withBody('(drop (f64.const 0.5))'));
    expect(finding.message).toContain('infer');
    expect(assemble(withBody('(drop (f64.const 0.5))'))[finding.offset!]).toBe(0x44); // f64.const
  });

  it('finds custom sections', () => {
    const wasm = Uint8Array.of(...assemble(good), 0, 5, 4, 0x6e, 0x61, 0x6d, 0x65); // an empty "name" section
    expect(lintModule(wasm, 'wamr')).toEqual([
      expect.objectContaining({ rule: 'no-custom-sections', severity: 'note' }),
    ]);
  });

  it('reports what V8 says of an invalid module', () => {
    const wasm = assemble(good);
    const load = wasm.lastIndexOf(0x28); // i32.load of a constant becomes i64.load: wrong result type
    wasm[load] = 0x29;
    expect(lintModule(wasm, 'wamr').map((f) => f.rule)).toEqual(['valid-module']);
  });

  it('refuses unknown runtimes (ESC701) and bytes that are no module (ESC501)', () => {
    expect(() => lintModule(assemble(good), 'wamrr')).toThrow(
      /ESC701.*"wamrr".*Did you mean wamr\?.*Use one of/,
    );
    expect(() => lintModule(Uint8Array.of(1, 2, 3), 'wamr')).toThrow(/ESC501.*not a WebAssembly binary/);
    const wasm = assemble(good);
    for (let end = 9; end < wasm.length; end += 7)
      expect(() => lintModule(wasm.subarray(0, end), 'wamr')).not.toThrow(TypeError);
  });

  it('has one name a rule, in kebab case, with a reason', () => {
    expect(new Set(rules.map((r) => r.name)).size).toBe(rules.length);
    for (const rule of rules) {
      expect(rule.name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(rule.reason).toMatch(/\.$/);
    }
  });
});
