/**
 * A graph of the compiled-code model as a function of this engine, for tests that hold what passes leave to what the module computes. Words of 32 bits are numbers, those of 64
 * are big integers, both with their sign; floating-point values are their bits. Pointers into linear memory are not its addresses: it lies at BASE.
 */
import { resolve, type Block, type Edge, type Graph, type Node } from '../../../sim/timing/compiled/ir.ts';
import { operation } from './operations.ts';

/** What graphs run on. */
export interface Machine {
  /** Of linear memory, with the pointer as the program has it. */
  load(at: number, bytes: number, signed: boolean): number;
  load64(at: number): bigint;
  store(at: number, bytes: number, value: number): void;
  store64(at: number, value: bigint): void;
  size(): number;
  global(index: number): Word;
  setGlobal(index: number, value: Word): void;
  call(index: number, args: Word[]): Word;
  /** A call that is no function of the module's. */
  library(name: string, args: Word[]): Word;
  float(name: string, args: Word[]): Word;
  count(n: Word, kind: string): number;
  /** Ends a run whose loop does not. */
  step(): void;
  trap(why: string): never;
}

export type Word = number | bigint;
export type Run = (m: Machine, args: readonly Word[]) => Word[];

export function translate(g: Graph): Run {
  const lines: string[] = [];
  const names = new Set<Node>();
  for (const b of g.blocks) for (const n of [...b.phis, ...b.nodes]) names.add(n);
  const zero = (n: Node) => (isWide(n) ? '0n' : '0');
  for (const n of names) lines.push(`let v${n.id} = ${zero(n)};`);
  lines.push(`let at = ${place(g, g.entry)};`, 'for (;;) { m.step(); switch (at) {');
  for (const b of g.blocks) {
    lines.push(`case ${place(g, b)}: {`);
    for (const n of b.nodes) lines.push(statement(n));
    lines.push(...end(g, b), '}');
  }
  lines.push('} }');
  // The text is made of the graph alone.
  // oxlint-disable-next-line no-new-func, typescript/no-implied-eval
  return new Function('m', 'args', lines.join('\n')) as Run;
}

const place = (g: Graph, b: Block): number => {
  const at = g.blocks.indexOf(b);
  if (at < 0) throw new Error('a way leads out of the graph');
  return at;
};

const isWide = (n: Node): boolean => n.type === 'i64' || n.type === 'f64';

export function value(node: Node): string {
  const n = resolve(node);
  if (n.op !== 'const') return `v${n.id}`;
  return isWide(n) ? `${n.value}n` : `(${n.value})`;
}

const effects: Record<string, (n: Node, args: string[]) => string> = {
  store: (n, [at, x]) =>
    isWide(resolve(n.args[1]!)) && n.bytes === 8
      ? `m.store64((${at} + ${n.offset}) >>> 0, ${x});`
      : `m.store((${at} + ${n.offset}) >>> 0, ${n.bytes}, Number(${x}));`,
  setglobal: (n, [x]) => `m.setGlobal(${n.value}, ${x});`,
  check: (n, [at, size]) =>
    `if ((${at} >>> 0) + ${n.offset + n.bytes} > (${size} >>> 0)) m.trap('check v${n.id}');`,
  guard: (n, [at, size]) => `if (${unsigned(n.args[0]!, at!)} > (${size} >>> 0)) m.trap('guard v${n.id}');`,
  guard64: (n, [at, size, length]) => {
    const own = isWide(resolve(n.args[0]!));
    const more = length === undefined ? (own ? 0 : n.offset + n.bytes) : `(${length} >>> 0)`;
    return `if (${unsigned(n.args[0]!, at!)} + ${more} > (${size} >>> 0)) m.trap('guard64 v${n.id}');`;
  },
  divcheck: (n, [, by]) => `if (${by} == 0) m.trap('division v${n.id}');`,
  enter: (n, [depth]) => `if ((${depth} >>> 0) > 500) m.trap('depth v${n.id}');`,
  carry: (n) => {
    const sum = resolve(n.args[0]!);
    const [r, a] = [sum, sum.args[0]!].map((x) => comparable(x, value(x)));
    return `v${n.id} = Number(${r} ${sum.op === 'add' ? '<' : '>'} ${a});`;
  },
  goto: () => '',
  forced: () => '',
};

const unsigned = (n: Node, text: string): string =>
  isWide(resolve(n)) ? `Number(BigInt.asUintN(64, ${text}))` : `(${text} >>> 0)`;

const comparable = (n: Node, text: string): string =>
  isWide(resolve(n)) ? `BigInt.asUintN(64, ${text})` : `(${text} >>> 0)`;

function statement(n: Node): string {
  const args = n.args.map(value);
  const effect = effects[n.op];
  if (effect) return effect(n, args);
  if (n.op === 'call') {
    const called = n.name ? `m.library('${n.name}', [${args}])` : `m.call(${n.value}, [${args}])`;
    return n.type === 'void' ? `${called};` : `v${n.id} = ${called};`;
  }
  return `v${n.id} = ${operation(n, args)};`;
}

function end(g: Graph, b: Block): string[] {
  const { term } = b;
  switch (term.kind) {
    case 'jump':
      return go(g, term.edges[0]);
    case 'branch':
      return [`if (${value(term.condition)} != 0) {`, ...go(g, term.edges[0]), '}', ...go(g, term.edges[1])];
    case 'table': {
      const ways = term.cases ? term.cases.map((k) => term.edges[k]!) : term.edges;
      return [
        `switch (${value(term.condition)} >>> 0) {`,
        ...ways.flatMap((e, k) => [k === ways.length - 1 ? 'default: {' : `case ${k}: {`, ...go(g, e), '}']),
        '}',
      ];
    }
    case 'return':
      return [`return [${term.values.map(value)}];`];
    case 'trap':
      return [`m.trap('block ${b.id}');`];
  }
}

/** Phis take their values all at once. */
function go(g: Graph, e: Edge): string[] {
  const index = e.to.preds.indexOf(e);
  if (index < 0) throw new Error('a way that its target does not know');
  const moves = e.to.phis.filter((phi) => resolve(phi.args[index]!) !== phi);
  return [
    `{ const moved = [${moves.map((phi) => value(phi.args[index]!))}];`,
    ...moves.map((phi, k) => `v${phi.id} = moved[${k}];`),
    `at = ${place(g, e.to)}; continue; }`,
  ];
}
