/**
 * Finishes the module that the compiler left, without touching its code: puts signature and constants into the
 * data segment and exports the two immutable globals by which WAMR shrinks linear memory below one page
 * (`__data_end`, `__heap_base`; wasm-micro-runtime issue 357).
 */
import { SIGNATURE_ADDRESS, type MemoryPlan } from '../layout/plan.ts';
import {
  concatBytes,
  readSections,
  readUnsigned,
  sectionId,
  signed,
  unsigned,
  writeSections,
  type Section,
} from './sections.ts';

const I32 = 0x7f;
const I32_CONST = 0x41;
const END = 0x0b;
const EXPORT_GLOBAL = 3;

export function link(compiled: Uint8Array, plan: MemoryPlan, constants: Uint8Array): Uint8Array {
  const sections = readSections(compiled).filter((s) => s.id !== 0);
  const globals: [string, number][] = [
    ['__data_end', plan.dataEnd],
    ['__heap_base', plan.heapBase],
  ];
  const first = countOf(sections.find((s) => s.id === sectionId.global));
  const bodies = globals.map(([, value]) => Uint8Array.of(I32, 0, I32_CONST, ...signed(value), END));
  const exports = globals.map(([name], i) => {
    const text = new TextEncoder().encode(name);
    return Uint8Array.of(...unsigned(text.length), ...text, EXPORT_GLOBAL, ...unsigned(first + i));
  });
  append(sections, sectionId.global, bodies);
  append(sections, sectionId.export, exports);
  append(sections, sectionId.data, [segment(constants)]);
  return writeSections(compiled, sections);
}

/** One active segment of memory 0 at the signature's address. */
function segment(bytes: Uint8Array): Uint8Array {
  return concatBytes([
    Uint8Array.of(0, I32_CONST, ...signed(SIGNATURE_ADDRESS), END, ...unsigned(bytes.length)),
    bytes,
  ]);
}

/** The constants of a linked module, `bytes` of them: its last segment, which ends the data section. */
export function constantsOf(wasm: Uint8Array, bytes: number): Uint8Array {
  const data = readSections(wasm).find((s) => s.id === sectionId.data);
  if (!data) throw new Error('a linked module has a data section');
  return data.payload.subarray(data.payload.length - bytes);
}

const countOf = (section?: Section): number => (section ? readUnsigned(section.payload, 0)[0] : 0);

/** Adds entries to a vector section, creating the section at its place where it is missing. */
function append(sections: Section[], id: number, entries: readonly Uint8Array[]): void {
  const index = sections.findIndex((s) => s.id === id);
  const old = index < 0 ? Uint8Array.of(0) : sections[index].payload;
  const [count, start] = readUnsigned(old, 0);
  const payload = concatBytes([
    Uint8Array.of(...unsigned(count + entries.length)),
    old.subarray(start),
    ...entries,
  ]);
  if (index >= 0) sections[index] = { id, payload };
  else {
    const next = sections.findIndex((s) => s.id > id);
    sections.splice(next < 0 ? sections.length : next, 0, { id, payload });
  }
}
