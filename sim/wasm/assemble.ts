/** A small assembler for tests: bodies as names and immediates, modules without imports. */
import { opcode } from '../../common/wasm/opcodes.ts';
import { Writer } from './writer.ts';

/** One instruction: name, then its immediates. Block types: 'void' or a value type. */
export type Op = [name: string, ...immediates: (number | bigint | string)[]];

export interface FunctionSource {
  export?: string;
  params?: string[];
  results?: string[];
  locals?: string[];
  body: Op[];
}

const types: Record<string, number> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, void: 0x40 };
const codes = new Map<string, number>();
const MISC = 0xfc0000;
for (const first of [0, MISC])
  for (let c = first; c < first + 0x100; c++) {
    const { name, feature } = opcode(c) ?? {};
    // Typed select has the name of the plain one.
    if (name && feature !== 'reference-types') codes.set(name, c);
  }

/** Assembles a module with one page of exported memory. */
export function assemble(functions: readonly FunctionSource[], globals: readonly number[] = []): Uint8Array {
  const w = new Writer().bytes([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  const valueTypes = (list: readonly string[] = []) =>
    new Writer().u32(list.length).bytes(list.map((t) => types[t]!));
  const section = (id: number, contents: Writer) => w.bytes([id]).sized(contents);
  section(
    1,
    vector(
      functions.map((f) =>
        new Writer().bytes([0x60]).bytes(valueTypes(f.params).finish()).bytes(valueTypes(f.results).finish()),
      ),
    ),
  );
  section(3, vector(functions.map((_, i) => new Writer().u32(i))));
  section(5, vector([new Writer().bytes([0, 1])]));
  if (globals.length)
    section(
      6,
      vector(
        globals.map((g) =>
          new Writer()
            .bytes([0x7f, 1, 0x41])
            .bytes(signed(BigInt(g)))
            .bytes([0x0b]),
        ),
      ),
    );
  const exports = functions.flatMap((f, i) =>
    f.export === undefined ? [] : [new Writer().name(f.export).bytes([0]).u32(i)],
  );
  section(7, vector([...exports, new Writer().name('memory').bytes([2, 0])]));
  const bodies = new Writer().u32(functions.length);
  for (const f of functions) {
    const body = new Writer().u32(f.locals?.length ?? 0);
    for (const l of f.locals ?? []) body.bytes([1, types[l]!]);
    for (const op of f.body) body.bytes(encode(op));
    bodies.sized(body.bytes([0x0b]));
  }
  section(10, bodies);
  return w.finish();
}

const vector = (items: readonly Writer[]): Writer =>
  items.reduce((out, i) => out.bytes(i.finish()), new Writer().u32(items.length));

function encode([name, ...immediates]: Op): Uint8Array {
  const code = codes.get(name);
  if (code === undefined) throw new Error(`unknown instruction ${name}`);
  const w = new Writer();
  if (code > 0xff) w.bytes([0xfc]).u32(code - MISC);
  else w.bytes([code]);
  switch (opcode(code)!.immediate) {
    case 'none':
      break;
    case 'block':
      w.bytes([types[String(immediates[0] ?? 'void')]!]);
      break;
    case 'labels':
      w.u32(immediates.length - 1);
      for (const label of immediates) w.u32(Number(label));
      break;
    case 'i32':
    case 'i64':
      w.bytes(signed(BigInt(immediates[0]!)));
      break;
    case 'memarg':
      w.u32(0).u32(Number(immediates[0] ?? 0));
      break;
    case 'indexes':
      w.u32(Number(immediates[0] ?? 0)).u32(Number(immediates[1] ?? 0));
      break;
    default:
      w.u32(Number(immediates[0] ?? 0));
  }
  return w.finish();
}

function signed(value: bigint): Uint8Array {
  const out: number[] = [];
  let rest = value;
  for (;;) {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    const done = (rest === 0n && !(low & 0x40)) || (rest === -1n && low & 0x40);
    out.push(done ? low : low | 0x80);
    if (done) return Uint8Array.from(out);
  }
}
