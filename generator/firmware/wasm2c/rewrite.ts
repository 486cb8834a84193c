/**
 * Rewrites the memory accesses of wasm2c's C code one by one as planned: `i32_load(&instance->w2c_memory, address)` becomes
 * `flash_load(i32_load, address)`, `ram_load(...)` or `any_load(i32_load, base, offset, bytes)`. The names are those of wasm-rt.h; the empty asm
 * that wasm2c puts behind every load, to keep loads that would trap, goes with the functions that contained it.
 */
import { firmwareRefusals } from '../../../common/refusals/index.ts';
import type { AccessPlan, PlannedAccess } from './access-plan.ts';

/** A call of one of the access functions on the memory of the instance, in the body of a function. */
const accessCall = /\b([if](?:32|64)_(?:load|store)\w*)\(&?\w+->\w+,\s*/g;

export function rewriteAccesses(code: string, plan: AccessPlan): string {
  const calls = [...code.matchAll(accessCall)];
  if (calls.length !== plan.accesses.length)
    throw firmwareRefusals.unreadableTranslation(
      `${calls.length} memory accesses where the module has ${plan.accesses.length}`,
    );
  let out = '';
  let at = 0;
  calls.forEach((call, i) => {
    const planned = plan.accesses[i];
    const name = call[1].replace(/_default32$/, '');
    const expected = planned.access.instruction.name.replace('.', '_');
    if (name !== expected)
      throw firmwareRefusals.unreadableTranslation(`access ${i} is ${name} where the module has ${expected}`);
    out += code.slice(at, call.index) + opening(name, planned);
    at = call.index + call[0].length;
    if (planned.kind !== 'any') return;
    const [text, base] = splitAddress(code, at, planned);
    out += `${base}, ${planned.access.instruction.memoryOffset}u, ${planned.access.bytes}`;
    at += text.length;
  });
  return withoutCopy(withBases(out + code.slice(at)), plan);
}

/** The bases that the accesses count from, declared at the start of every function. */
function withBases(code: string): string {
  const declared = code.replace(/^( *FUNC_PROLOGUE;)$/gm, '$1 ESC_BASES;');
  if (declared === code) throw firmwareRefusals.unreadableTranslation('functions without a prologue');
  return declared;
}

const opening = (name: string, { kind, access }: PlannedAccess): string => `${kind}_${access.kind}(${name}, `;

/** `(u64)(w2c_i0) + 80u`: a check needs the two apart, since their sum may have 33 bits. */
function splitAddress(code: string, from: number, { access }: PlannedAccess): [text: string, base: string] {
  const address = /(\(u64\)\((\w+)\)(?: \+ (\d+)u?)?)(?=[,)])/y;
  address.lastIndex = from;
  const found = address.exec(code);
  if (!found || Number(found[3] ?? 0) !== access.instruction.memoryOffset)
    throw firmwareRefusals.unreadableTranslation(`an address ${code.slice(from, from + 40)}`);
  return [found[1], found[2]];
}

/** With constants in flash: no copy of the data segment at start, and a name for the array that holds it. */
function withoutCopy(code: string, { regions }: AccessPlan): string {
  if (regions.weights === 'ram') return code;
  const copies = [...code.matchAll(/^ *LOAD_DATA\([^;]*?, (\w+), (\d+)\);\n/gm)];
  if (copies.length !== 1) throw firmwareRefusals.unreadableTranslation('no copy of the one data segment');
  const [[text, array]] = copies;
  return (
    code
      .replace(text, '')
      .replace(/^#include "wasm-rt.h"\n|^/, (start) => `${start}#define ESC_FLASH_BYTES ${array}\n`) +
    `\nconst uint8_t *const escapement_constants = ${array};\n`
  );
}
