/**
 * One disassembled Arm instruction: what the timing models ask about it. Reads objdump's text; the registers read and written follow
 * the Armv7 architecture reference manual (ARM DDI 0406C, A8.8).
 */

export interface ArmInstruction {
  address: number;
  bytes: number;
  /** Mnemonic without condition, flag-setting suffix and width. */
  base: string;
  conditional: boolean;
  setsFlags: boolean;
  usesFlags: boolean;
  defs: ReadonlySet<number>;
  uses: ReadonlySet<number>;
  addressRegisters: readonly number[];
  registerOffset: boolean;
  writeback: boolean;
  /** Registers of a multiple transfer, else 1. */
  words: number;
  /** What a multiply-accumulate adds to. */
  accumulators: readonly number[];
  /** The two words that a product is added to, both written. */
  wideAccumulators: readonly number[];
  shiftedOperand: boolean;
  /** What is shifted on its way into data processing, and by what register. */
  shiftedRegisters: readonly number[];
  /** Places by which the index of an address is shifted. */
  indexShift: number;
  immediate: boolean;
  /** Of data processing: a constant that is a shifted byte. */
  shiftedConstant: boolean;
  load: boolean;
  store: boolean;
  multiple: boolean;
  /** A load into the program counter. */
  jumpsByLoad: boolean;
  branch: boolean;
  multiply: boolean;
  divide: boolean;
  /** An instruction of the floating-point unit or one that moves to or from it. */
  vector: boolean;
  /** Of 64-bit floating-point numbers. */
  double: boolean;
}

/** Numbers of s0; of d16, which no s register overlaps; and of what vcmp leaves for vmrs. */
const firstSingle = 32;
const firstUpper = 64;
const vectorFlags = 100;

const conditions = 'eq|ne|cs|cc|hs|lo|mi|pl|vs|vc|hi|ls|ge|lt|gt|le|al';
const registerNames: Record<string, number> = { sp: 13, lr: 14, pc: 15, ip: 12, fp: 11, sl: 10, sb: 9 };
for (let i = 0; i < 16; i++) registerNames[`r${i}`] = i;

/** Adds a product, or two of halves, to the two words that it writes (A8.8: smlal<x><y>, smlald, smlsld and their like). */
const addsToTwoWords = /^([su]mlal|umaal|smlal[bt]{2}|sml[as]ldx?)$/;
const multiplies = [
  ...'mul mla mls smull umull smlal umlal umaal smmul smmulr smmla smmlar smmls smmlsr'.split(' '),
  ...'smulbb smultb smulbt smultt smlabb smlatb smlabt smlatt smlalbb smlaltb smlalbt smlaltt'.split(' '),
  ...'smulwb smulwt smlawb smlawt smuad smuadx smusd smusdx smlad smladx smlsd smlsdx'.split(' '),
  ...'smlald smlaldx smlsld smlsldx'.split(' '),
];
const bases = [
  ...'ldrsb ldrsh ldrb ldrh ldrd ldmia ldmdb ldm ldrex ldr strb strh strd stmia stmdb stm strex str push pop'.split(
    ' ',
  ),
  ...'vpush vpop vldr vstr vldmia vldmdb vstmia vstmdb vmov vmrs vmsr vneg vabs vsqrt vadd vsub vmul vnmul vdiv'.split(
    ' ',
  ),
  ...'vmla vmls vnmla vnmls vfma vfms vfnma vfnms vcmpe vcmp vcvtr vcvt'.split(' '),
  ...multiplies,
  ...'sdiv udiv cbnz cbz blx bl bx tbb tbh bic bfi bfc b it'.split(' '),
  ...'movw movt mov mvn adds adcs adc addw add subw sub sbc rsb rsc and orr orn eor cmp cmn tst teq'.split(
    ' ',
  ),
  ...'lsl lsr asr ror rrx neg sxtb sxth uxtb uxth sxtab sxtah uxtab uxtah ubfx sbfx clz rbit rev16 revsh rev'.split(
    ' ',
  ),
  ...'ssat usat adr nop pkhbt pkhtb sel svc bkpt mrc mcr dmb dsb isb pld cpsie cpsid mrs msr udf usad8 uadd8'.split(
    ' ',
  ),
  ...'uqsub8 sadd16 yield wfi'.split(' '),
].sort((a, b) => b.length - a.length);

const unary = new Set('mov mvn movw movt neg sxtb sxth uxtb uxth clz rev rev16 revsh rbit adr'.split(' '));
/** What adds to its target. */
const vectorAccumulating = new Set('vmla vmls vnmla vnmls vfma vfms vfnma vfnms'.split(' '));
const accumulating = new Set(
  'mla smlabb smlatb smlabt smlatt smmla smmlar smmls smmlsr smlawb smlawt smlad smladx smlsd smlsdx'.split(
    ' ',
  ),
);

function registersOf(text: string): number[] {
  const found: number[] = [];
  for (const [, first, last] of text.matchAll(/\b(r\d+|sp|lr|pc|ip|fp|sl|sb)\b(?:-(r\d+|sl|fp|ip|lr))?/g)) {
    const from = registerNames[first];
    const to = last ? registerNames[last] : from;
    for (let r = from; r <= to; r++) found.push(r);
  }
  for (const [, kind, first, last] of text.matchAll(/\b([sdq])(\d+)\b(?:-[sdq](\d+))?/g)) {
    const words = { s: 1, d: 2, q: 4 }[kind]!;
    const from = words * Number(first);
    const to = words * (Number(last ?? first) + 1);
    for (let r = from; r < to; r++) found.push(r < 32 ? firstSingle + r : firstUpper + r - 32);
  }
  return found;
}

function splitMnemonic(mnemonic: string): { base: string; condition: string | null; s: boolean } {
  const m = mnemonic.split('.')[0];
  if (/^it[te]{0,3}$/.test(m)) return { base: 'it', condition: null, s: false };
  if (/^b(ls|lt|le)$/.test(m)) return { base: 'b', condition: m.slice(1), s: false };
  for (const b of bases) {
    if (!m.startsWith(b)) continue;
    if (b.startsWith('v')) {
      const rest = new RegExp(`^(${conditions})?$`).exec(m.slice(b.length));
      if (rest) return { base: b, condition: rest[1] ?? null, s: false };
      continue;
    }
    const rest = new RegExp(`^(s?)(${conditions})?$`).exec(m.slice(b.length));
    if (!rest) continue;
    const flagged = b === 'adds' || b === 'adcs';
    return { base: flagged ? b.slice(0, -1) : b, condition: rest[2] ?? null, s: flagged || rest[1] === 's' };
  }
  return { base: m.startsWith('v') ? 'v' : m, condition: null, s: false };
}

export function parseInstruction(
  address: number,
  bytes: number,
  mnemonic: string,
  operands: string,
): ArmInstruction {
  const { base, condition, s } = splitMnemonic(mnemonic);
  const text = operands.replace(/[@;].*$/, '');
  const memory = text.includes('[');
  const parts = text.trim() ? text.split(/,(?![^[{]*[\]}])/).map((p) => p.trim()) : [];
  const defs: number[] = [];
  const uses: number[] = [];
  let addressRegisters: number[] = [];
  let registerOffset = false;
  let writeback = false;
  let words = 1;
  const vector = base.startsWith('v');
  if (base.startsWith('ldr') || base.startsWith('str') || base === 'vldr' || base === 'vstr') {
    words = /^(ldrd|strd|strex)$/.test(base) ? 2 : 1;
    const addressText = parts.slice(words).join(',');
    const inside = /\[([^\]]*)\]/.exec(addressText);
    const inner = inside ? registersOf(inside[1]) : [15];
    registerOffset = inner.length > 1;
    const post = inside ? addressText.slice(inside.index + inside[0].length) : '';
    addressRegisters = [...inner, ...registersOf(post)];
    writeback = /^(!|\s*,)/.test(post) || parts.length > words + 1 || addressText.includes('!');
    const data = parts.slice(0, words).flatMap(registersOf);
    (base.includes('ldr') ? defs : uses).push(...data);
    uses.push(...addressRegisters);
    if (writeback && inner.length) defs.push(inner[0]);
    if (base === 'strex') words = 2;
  } else if (/^v?(push|pop)$/.test(base) || /^v?(ldm|stm)/.test(base)) {
    const list = /\{([^}]*)\}/.exec(text)?.[1] ?? '';
    const registers = registersOf(list);
    words = Math.max(1, registers.length);
    const stack = /^v?(push|pop)$/.test(base);
    const head = text.split('{')[0];
    addressRegisters = stack ? [13] : registersOf(head).slice(0, 1);
    writeback = stack || head.includes('!');
    uses.push(...addressRegisters);
    if (/^(v?pop|v?ldm)/.test(base)) defs.push(...registers);
    else uses.push(...registers);
    if (writeback) defs.push(...addressRegisters);
  } else if (/^(b|bl|blx|bx|cbz|cbnz|tbb|tbh)$/.test(base)) {
    if (/^(bx|blx|cbz|cbnz)$/.test(base) && parts.length) uses.push(...registersOf(parts[0]));
    if (base.startsWith('tb')) uses.push(...registersOf(text));
    if (base === 'bl' || base === 'blx') defs.push(14);
  } else if (/^(cmp|cmn|tst|teq)$/.test(base)) uses.push(...registersOf(text));
  else if (base === 'vmrs') uses.push(vectorFlags);
  else if (/^vcmpe?$/.test(base)) {
    uses.push(...registersOf(text));
    defs.push(vectorFlags);
  } else if (base === 'vmov' && parts.length > 2) {
    // Two words between the core and the unit: the side that is named first is written.
    const inCore = (part: string) => registersOf(part)[0] < firstSingle;
    for (const part of parts) (inCore(part) === inCore(parts[0]) ? defs : uses).push(...registersOf(part));
  } else if (/^[su]mull$/.test(base) || addsToTwoWords.test(base)) {
    const r = registersOf(text);
    defs.push(...r.slice(0, 2));
    uses.push(...r.slice(2), ...(addsToTwoWords.test(base) ? r.slice(0, 2) : []));
  } else if (!/^(it|nop|dmb|dsb|isb|pld|svc|bkpt)$/.test(base) && parts.length) {
    const [target, ...rest] = parts.map(registersOf);
    defs.push(...target);
    uses.push(...rest.flat());
    if (vectorAccumulating.has(base)) uses.push(...target);
    if ((parts.length === 2 && !vector && !unary.has(base)) || /^(movt|bfi|bfc)$/.test(base))
      uses.push(...target);
  }
  if (condition && base !== 'b') uses.push(...defs);
  const load = base.startsWith('ldr') || base.startsWith('ldm') || /^(pop|vldr|vpop|vldm.*)$/.test(base);
  const store = base.startsWith('str') || base.startsWith('stm') || /^(push|vstr|vpush|vstm.*)$/.test(base);
  return {
    address,
    bytes,
    base,
    conditional: condition !== null,
    setsFlags: s || /^(cmp|cmn|tst|teq|vmrs)$/.test(base),
    usesFlags: condition !== null || /^(adc|sbc|rsc)$/.test(base),
    defs: new Set(defs),
    uses: new Set(uses),
    addressRegisters,
    registerOffset,
    writeback,
    words,
    accumulators: accumulatorsOf(base, parts),
    wideAccumulators: addsToTwoWords.test(base) ? defs : [],
    shiftedOperand: !memory && /\b(lsl|lsr|asr|ror)\b/.test(text),
    shiftedRegisters: memory ? [] : shiftedRegisters(parts),
    indexShift: memory ? Number(/lsl #(\d+)\]/.exec(text)?.[1] ?? 0) : 0,
    immediate: !memory && text.includes('#'),
    shiftedConstant: !memory && modifiesConstant.has(base) && isShiftedByte(text),
    load,
    store,
    multiple: /^(v?push|v?pop|ldrd|strd)$/.test(base) || /^v?(ldm|stm)/.test(base),
    jumpsByLoad: load && defs.includes(15),
    branch: /^(b|bl|blx|bx|cbz|cbnz|tbb|tbh)$/.test(base) || defs.includes(15),
    multiply: multiplies.includes(base),
    divide: base === 'sdiv' || base === 'udiv',
    vector,
    double: vector && /\b[dq]\d/.test(text),
  };
}

function shiftedRegisters(parts: readonly string[]): number[] {
  const at = parts.findIndex((p) => /^(lsl|lsr|asr|ror|rrx)\b/.test(p));
  return at > 0 ? [parts[at - 1], parts[at]].flatMap(registersOf) : [];
}

const modifiesConstant = new Set('add adc sub sbc rsb and orr orn eor bic cmp cmn tst teq'.split(' '));
/** A byte that is shifted, not one that is repeated (ARM DDI 0406C, A6.3.2). */
function isShiftedByte(text: string): boolean {
  const value = Number(/#(-?\d+)$/.exec(text.trim())?.[1] ?? 0) >>> 0;
  const [low, high] = [value & 0xffff, value >>> 16];
  const repeated = low === high || (low === 0 && high % 0x101 === 0);
  return value > 255 && !repeated;
}

function accumulatorsOf(base: string, parts: readonly string[]): number[] {
  if (vectorAccumulating.has(base)) return registersOf(parts[0]);
  return accumulating.has(base) && parts.length > 3 ? registersOf(parts[3]) : [];
}

/** Instructions of a program by address. */
export function parseDisassembly(objdump: string): Map<number, ArmInstruction> {
  const found = new Map<number, ArmInstruction>();
  for (const line of objdump.split('\n')) {
    const m = /^\s*([0-9a-f]+):\t([0-9a-f ]+?)\s*\t(\S+)(?:\s+(.*))?$/.exec(line);
    if (!m) continue;
    const address = Number.parseInt(m[1], 16);
    found.set(
      address,
      parseInstruction(address, m[2].replaceAll(' ', '').length / 2, m[3], (m[4] ?? '').trim()),
    );
  }
  return found;
}
