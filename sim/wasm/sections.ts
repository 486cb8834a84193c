/** Rewriting a module section by section. */
import type { ModuleAnalysis } from './analysis.ts';
import { Reader } from '../../common/wasm/reader.ts';
import { Writer } from './writer.ts';

/** Sections come in the order of their ids, except dataCount (12), which stands before code. */
const place = (id: number): number => (id === 12 ? 9.5 : id);

/** The module with some sections replaced, or added where it has none, or left out; an empty vector is not added. */
export function rewriteSections(
  { module, bytes }: ModuleAnalysis,
  contents: ReadonlyMap<number, Writer>,
  leftOut: readonly number[] = [],
): Uint8Array {
  const out = new Writer().bytes(bytes.subarray(0, 8));
  const left = new Map(
    [...contents]
      .map(([id, w]) => [id, w.finish()] as const)
      .filter(([id, b]) => b[0] !== 0 || module.sections.some((s) => s.id === id))
      .sort(([a], [b]) => place(a) - place(b)),
  );
  const emit = (id: number, section: Uint8Array) => {
    left.delete(id);
    out.bytes([id]).u32(section.length).bytes(section);
  };
  for (const section of module.sections) {
    if (section.id === 0 || leftOut.includes(section.id)) continue;
    for (const [id, b] of left) if (place(id) < place(section.id)) emit(id, b);
    const replaced = left.get(section.id);
    if (replaced) emit(section.id, replaced);
    else out.bytes(bytes.subarray(section.offset, section.end));
  }
  for (const [id, b] of left) emit(id, b);
  return out.finish();
}

/** A vector section with items added at its end; just these items where the module has no such section. */
export function appended({ module, bytes }: ModuleAnalysis, id: number, items: readonly Writer[]): Writer {
  const section = module.sections.find((s) => s.id === id);
  const r = new Reader(bytes, section?.contents ?? 0, section?.end ?? 0);
  const count = section ? r.u32() : 0;
  const out = new Writer().u32(count + items.length);
  if (section) out.bytes(bytes.subarray(r.position, section.end));
  for (const item of items) out.bytes(item.finish());
  return out;
}
