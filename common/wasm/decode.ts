/** Decodes a module: sections of the WebAssembly core specification, section 5.5. */
import { simRefusals } from '../refusals/index.ts';
import { decodeInstruction, valueType } from './instructions.ts';
import {
  importedFunctions,
  type ExternalKind,
  type Feature,
  type FunctionType,
  type WasmFunction,
  type WasmMemory,
  type WasmModule,
} from './module.ts';
import { Reader } from './reader.ts';

const externalKinds: readonly ExternalKind[] = ['function', 'table', 'memory', 'global', 'tag'];
const MAGIC = [0, 0x61, 0x73, 0x6d];
const VERSION = [1, 0, 0, 0];
const LIMIT_MAXIMUM = 1;
const LIMIT_SHARED = 2;
const LIMIT_64 = 4;
const LIMIT_PAGE_SIZE = 8;

interface Pending {
  module: WasmModule;
  typeIndexes: number[];
  names: Map<number, string>;
}

/** Refuses what is no module or is broken (ESC501 to ESC503); judges nothing else. */
export function decodeModule(bytes: Uint8Array): WasmModule {
  const r = new Reader(bytes);
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) throw simRefusals.notWasm();
  r.position = MAGIC.length;
  if (VERSION.some((byte) => r.byte() !== byte))
    throw simRefusals.malformedModule('the version is not 1 (a component?)', MAGIC.length);
  const module: WasmModule = {
    bytes,
    sections: [],
    types: [],
    imports: [],
    functions: [],
    exports: [],
    globals: [],
    memories: [],
    tables: 0,
    elements: [],
    data: [],
    features: new Map(),
  };
  const pending: Pending = { module, typeIndexes: [], names: new Map() };
  while (!r.done) {
    const offset = r.position;
    const id = r.byte();
    const size = r.u32();
    const section = { id, offset, contents: r.position, end: r.position + size };
    if (section.end > bytes.length) throw simRefusals.truncatedModule(bytes.length);
    module.sections.push(section);
    decodeSection(new Reader(bytes, section.contents, section.end), id, pending);
    r.position = section.end;
  }
  if (module.functions.length !== pending.typeIndexes.length) r.fail('functions and bodies differ in number');
  nameFunctions(pending);
  return module;
}

function decodeSection(r: Reader, id: number, pending: Pending): void {
  const { module, typeIndexes } = pending;
  switch (id) {
    case 0:
      return decodeCustom(r, pending);
    case 1:
      module.types = r.vector(() => decodeType(r, module));
      return;
    case 2:
      module.imports = r.vector(() => {
        const offset = r.position;
        const found = { module: r.name(), name: r.name(), kind: kind(r), offset };
        skipExternalType(r, found.kind, module);
        return found;
      });
      return;
    case 3:
      typeIndexes.push(...r.vector(() => r.u32()));
      return;
    case 4:
      module.tables = r.vector(() => {
        valueType(r);
        decodeLimits(r, module);
      }).length;
      return;
    case 5:
      module.memories = r.vector(() => decodeLimits(r, module));
      if (module.memories.length > 1) need(module, 'multi-memory', r.position);
      return;
    case 6:
      module.globals = r.vector(() => {
        const offset = r.position;
        const type = valueType(r);
        const mutable = r.byte() === 1;
        const value = decodeConstant(r, module);
        return { type, mutable, offset, ...(value === undefined ? {} : { value }) };
      });
      return;
    case 7:
      module.exports = r.vector(() => ({ name: r.name(), kind: kind(r), index: r.u32() }));
      return;
    case 8:
      module.start = r.u32();
      return;
    case 9:
      r.vector(() => decodeElements(r, module));
      return;
    case 10:
      r.vector(() => void module.functions.push(decodeFunction(r, pending)));
      return;
    case 11:
      module.data = r.vector(() => {
        const flags = r.u32();
        if (flags === 2) r.u32();
        if (flags === 1) need(module, 'bulk-memory', r.position);
        const address = flags === 1 ? undefined : decodeConstant(r, module);
        return {
          bytes: r.take(r.u32()),
          ...(address === undefined ? {} : { address: Number(address) >>> 0 }),
        };
      });
      return;
    case 12:
      return need(module, 'bulk-memory', r.position);
    case 13:
      return need(module, 'exceptions', r.position);
    default:
      r.fail(`section ${id} does not exist`);
  }
}

function need(module: WasmModule, feature: Feature, offset: number): void {
  if (!module.features.has(feature)) module.features.set(feature, offset);
}

const kind = (r: Reader): ExternalKind =>
  externalKinds[r.byte()] ?? r.fail('an unknown kind of import or export');

function decodeType(r: Reader, module: WasmModule): FunctionType {
  if (r.byte() !== 0x60) r.fail('garbage-collected types are not read');
  const type = { params: r.vector(() => valueType(r)), results: r.vector(() => valueType(r)) };
  if (type.results.length > 1) need(module, 'multi-value', r.position);
  return type;
}

function skipExternalType(r: Reader, of: ExternalKind, module: WasmModule): void {
  if (of === 'function') r.u32();
  else if (of === 'memory') decodeLimits(r, module);
  else if (of === 'tag') {
    r.byte();
    r.u32();
  } else {
    valueType(r);
    if (of === 'table') decodeLimits(r, module);
    else r.byte();
  }
}

function decodeLimits(r: Reader, module: WasmModule): WasmMemory {
  const flags = r.byte();
  if (flags > 15) r.fail(`limits have the unknown flags 0x${flags.toString(16)}`);
  if (flags & LIMIT_SHARED) need(module, 'threads', r.position);
  if (flags & LIMIT_64) need(module, 'memory64', r.position);
  if (flags & LIMIT_PAGE_SIZE) need(module, 'custom-page-sizes', r.position);
  const minimum = r.u64();
  const maximum = flags & LIMIT_MAXIMUM ? r.u64() : undefined;
  const pageBytes = flags & LIMIT_PAGE_SIZE ? 2 ** r.u32() : 65536;
  return { minimum, pageBytes, ...(maximum === undefined ? {} : { maximum }) };
}

/** A constant expression; undefined where it is not one plain constant. */
function decodeConstant(r: Reader, module: WasmModule): number | bigint | undefined {
  const offset = r.position;
  const body = [];
  for (;;) {
    const instruction = decodeInstruction(r, module.types);
    if (instruction.name === 'end') break;
    body.push(instruction);
  }
  if (body.length > 1) need(module, 'extended-const', offset);
  const [only] = body;
  return body.length === 1 && only!.name.endsWith('.const') && only!.name !== 'v128.const'
    ? only.value
    : undefined;
}

function decodeFunction(r: Reader, { module, typeIndexes }: Pending): WasmFunction {
  const sizeOffset = r.position;
  const size = r.u32();
  const bodyOffset = r.position;
  const endOffset = bodyOffset + size;
  if (endOffset > r.end) throw simRefusals.truncatedModule(r.end);
  const typeIndex = typeIndexes[module.functions.length] ?? -1;
  const type = module.types[typeIndex];
  if (!type) r.fail(`function ${module.functions.length} has no type`);
  const body = new Reader(r.bytes, bodyOffset, endOffset);
  const locals = [...type.params];
  body.vector(() => {
    const count = body.u32();
    if (locals.length + count > 50_000) body.fail('a function has more than 50000 locals');
    locals.push(...Array<(typeof locals)[number]>(count).fill(valueType(body)));
  });
  const instructions = [];
  while (!body.done) instructions.push(decodeInstruction(body, module.types));
  if (instructions.at(-1)?.name !== 'end') body.fail('a function has no end');
  r.position = endOffset;
  return {
    index: importedFunctions(module) + module.functions.length,
    type,
    typeIndex,
    name: '',
    exports: [],
    locals,
    body: instructions,
    sizeOffset,
    bodyOffset,
    endOffset,
  };
}

/**
 * An element segment (specification, section 5.5.12). Flag bit 0: passive or declarative, bit 1: a table index or kind follows, bit 2:
 * expressions instead of function indexes.
 */
function decodeElements(r: Reader, module: WasmModule): void {
  const flags = r.u32();
  if (flags > 7) r.fail(`an element segment has the unknown flags ${flags}`);
  if (flags !== 0) need(module, 'bulk-memory', r.position);
  const active = (flags & 1) === 0;
  if (active && flags & 2) r.u32();
  if (active) decodeConstant(r, module);
  if (flags & 4) {
    need(module, 'reference-types', r.position);
    if (flags & 3) valueType(r);
    r.vector(() => decodeConstant(r, module));
    return;
  }
  if (flags & 3) r.byte();
  module.elements.push(...r.vector(() => r.u32()));
}

/** Function names of the "name" section (subsection 1). A broken custom section is ignored, as the specification asks. */
function decodeCustom(r: Reader, { module, names }: Pending): void {
  try {
    const name = r.name();
    module.sections.at(-1)!.name = name;
    if (name === 'sourceMappingURL') module.sourceMapUrl = r.name();
    if (name !== 'name') return;
    while (!r.done) {
      const id = r.byte();
      const end = r.u32() + r.position;
      if (id === 1)
        for (const [index, text] of r.vector(() => [r.u32(), r.name()] as const)) names.set(index, text);
      r.position = end;
    }
  } catch {
    // The contents of a custom section never make a module invalid.
  }
}

function nameFunctions({ module, names }: Pending): void {
  for (const f of module.functions) {
    f.exports = module.exports.filter((e) => e.kind === 'function' && e.index === f.index).map((e) => e.name);
    f.name = f.exports[0] ?? names.get(f.index) ?? `func[${f.index}]`;
  }
}
