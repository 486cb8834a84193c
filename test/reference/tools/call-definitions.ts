/** How the host's C calls a kernel (target/call.h), as definitions on the compiler's command line. */

export type WordType = 'i32' | 'i64' | 'f32' | 'f64';

/** A call with arguments of any type. */
export interface WordCall {
  args: readonly { type: WordType; value: number | bigint }[];
  result: WordType | null;
  /** Whether `_initialize` goes first. */
  initialised: boolean;
}

interface Called {
  entry: string;
  takesCount: boolean;
  call?: WordCall;
}

/** @param header Gives kernel.h, in which wasm2c says what it named an export. */
export function callDefinitions({ entry, takesCount, call }: Called, header: () => string): string[] {
  if (!call) return [`-D${takesCount ? 'CALL_WITH' : 'CALL'}=Z_kZ_${entry}`];
  const text = header();
  const once = `${exported(text, entry)}(${['instance', ...call.args.map(literal)].join(', ')})`;
  return [
    '-DAPART',
    `-DCALL(instance)=${call.result ? lowWord[call.result](once) : `(${once}, 0)`}`,
    ...(call.initialised ? [`-DBEFORE=${exported(text, '_initialize')}`] : []),
  ];
}

const lowWord: Record<WordType, (expression: string) => string> = {
  i32: (e) => e,
  i64: (e) => e,
  f32: (e) => `low_of_f32(${e})`,
  f64: (e) => `low_of_f64(${e})`,
};

const literal = ({ type, value }: WordCall['args'][number]): string => {
  if (type === 'i32') return `${BigInt.asUintN(32, BigInt(value))}u`;
  if (type === 'i64') return `${BigInt.asUintN(64, BigInt(value))}ull`;
  return type === 'f32'
    ? `f32_of(${bitsOf(Float32Array, value)}u)`
    : `f64_of(${bitsOf(Float64Array, value)}ull)`;
};

function bitsOf(type: typeof Float32Array | typeof Float64Array, value: number | bigint): bigint {
  const { buffer, byteLength } = type.of(Number(value));
  return byteLength === 4 ? BigInt(new Uint32Array(buffer)[0]!) : new BigUint64Array(buffer)[0]!;
}

/** The low 32 bits of what a call answers, as the host's C prints them. */
export function lowWordOf(result: number | bigint | undefined, type: WordType | null): number {
  if (type === null || result === undefined) return 0;
  if (type === 'i32' || type === 'i64') return Number(BigInt.asIntN(32, BigInt(result)));
  return Number(BigInt.asIntN(32, bitsOf(type === 'f32' ? Float32Array : Float64Array, result)));
}

function exported(header: string, name: string): string {
  const declaration = header.split(`/* export: '${name}' */`)[1];
  const found = declaration && /(\w+)\(/.exec(declaration);
  if (!found) throw new Error(`wasm2c's header does not declare the export "${name}"`);
  return found[1]!;
}
