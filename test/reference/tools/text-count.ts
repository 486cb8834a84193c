/**
 * Counts executed operators without any code of the simulator: wabt writes the module as text, counters go between the lines, wabt makes it
 * a module again. block, loop, end and else are structure and do not count.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './build.ts';

const structure = new Set(['block', 'loop', 'end', 'else']);
/** A run of operators ends behind these. */
const borders = new Set(['loop', 'if', 'else', 'end', 'br', 'br_if', 'br_table', 'return', 'unreachable']);

const parentheses = (line: string): number =>
  (line.match(/\(/g) ?? []).length - (line.match(/\)/g) ?? []).length;

/** The text with a counter at the start of each run of operators, and how many operators each run has. */
function withCounters(text: string): { text: string; sizes: number[] } {
  const sizes: number[] = [];
  const out: string[] = [];
  const begin = () => {
    out.push(`global.get $run${sizes.length} i64.const 1 i64.add global.set $run${sizes.length}`);
    sizes.push(0);
  };
  let open = 0; // parentheses of the function that are open
  let declared = false;
  for (const line of text.split('\n')) {
    const code = line
      .replace(/\(;.*?;\)/g, '')
      .replace(/;;.*$/, '')
      .trim();
    if (open === 0) {
      out.push(line);
      if (/^\s*\(func /.test(line)) [open, declared] = [parentheses(code), false];
      continue;
    }
    const depth = parentheses(code);
    const closes = Math.max(0, -depth);
    open += depth;
    const rest = closes ? code.slice(0, code.length - closes).trim() : code;
    if (rest.startsWith('(local')) {
      // Its own parenthesis is among those that close.
      out.push(code);
      continue;
    }
    if (!declared) {
      begin();
      declared = true;
    }
    const [operator] = rest.split(/\s/) as [string];
    if (operator && !structure.has(operator)) sizes[sizes.length - 1]!++;
    out.push(rest);
    if (borders.has(operator)) begin();
    out.push(')'.repeat(closes));
  }
  const globals = sizes.map((_, i) => `(global $run${i} (export "run ${i}") (mut i64) (i64.const 0))`);
  const whole = out.join('\n').trimEnd();
  return { text: `${whole.slice(0, -1)}${globals.join('\n')})`, sizes };
}

/** A counter of the operators that one call executes on a fresh instance. */
export function textCounter(
  wasm: Uint8Array,
): (entry: string, ...args: readonly (number | bigint)[]) => number {
  const folder = mkdtempSync(join(tmpdir(), 'escapement-count-'));
  try {
    writeFileSync(join(folder, 'in.wasm'), wasm);
    const { text, sizes } = withCounters(run('wasm2wat', ['in.wasm'], folder));
    writeFileSync(join(folder, 'out.wat'), text);
    run('wat2wasm', ['out.wat', '-o', 'out.wasm'], folder);
    const module = new WebAssembly.Module(readFileSync(join(folder, 'out.wasm')));
    return (entry, ...args) => {
      const { exports } = new WebAssembly.Instance(module);
      const count = () =>
        sizes.reduce((sum, n, i) => sum + n * Number((exports[`run ${i}`] as WebAssembly.Global).value), 0);
      const before = count();
      (exports[entry] as (...values: unknown[]) => void)(...args);
      return count() - before;
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
