/** Decodes a module: sections of the WebAssembly core specification, section 5.5. Custom sections are read for names only. */
import { simRefusals } from '../../common/refusals/index.ts';
import { decodeInstruction, valueType } from './instructions.ts';
import type { FunctionType, Instruction, ValueType, WasmExport, WasmFunction, WasmModule } from './module.ts';
import { Reader } from './reader.ts';

const sectionId = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
} as const;
const exportKinds = ['function', 'table', 'memory', 'global'] as const;

/** Decodes an import-free module. Refuses imports, unknown instructions and malformed binaries by name and offset. */
export function decode(bytes: Uint8Array): WasmModule {
  if (bytes.length < 8 || bytes[0] !== 0 || bytes[1] !== 0x61 || bytes[2] !== 0x73 || bytes[3] !== 0x6d)
    throw simRefusals.notWasm();
  if (bytes[4] !== 1 || bytes[5] !== 0 || bytes[6] !== 0 || bytes[7] !== 0)
    throw simRefusals.malformedModule('the version is not 1 (a component?)', 4);
  const module: WasmModule = {
    bytes,
    sections: [],
    types: [],
    functions: [],
    exports: [],
    globals: [],
    tableSize: 0,
    elements: [],
    data: [],
  };
  const typeIndexes: number[] = [];
  const names = new Map<number, string>();
  const r = new Reader(bytes, 8);
  while (!r.done) {
    const offset = r.position;
    const id = r.byte();
    const size = r.u32();
    const section = { id, offset, contents: r.position, end: r.position + size };
    if (section.end > bytes.length) throw simRefusals.truncatedModule(bytes.length);
    module.sections.push(section);
    decodeSection(id, new Reader(bytes, section.contents, section.end), module, typeIndexes, names);
    r.position = section.end;
  }
  if (module.functions.length !== typeIndexes.length)
    throw simRefusals.malformedModule('functions and bodies differ in number', bytes.length);
  for (const f of module.functions) {
    f.exports = module.exports.filter((e) => e.kind === 'function' && e.index === f.index).map((e) => e.name);
    f.name = f.exports[0] ?? names.get(f.index) ?? `func[${f.index}]`;
  }
  return module;
}

function decodeSection(
  id: number,
  r: Reader,
  module: WasmModule,
  typeIndexes: number[],
  names: Map<number, string>,
): void {
  switch (id) {
    case sectionId.custom:
      return decodeCustom(r, module, names);
    case sectionId.type:
      module.types = r.vector(() => decodeType(r));
      return;
    case sectionId.import: {
      const count = r.u32();
      if (count > 0) throw simRefusals.moduleHasImports(`${r.name()}.${r.name()}`, count);
      return;
    }
    case sectionId.function:
      typeIndexes.push(...r.vector(() => r.u32()));
      return;
    case sectionId.table:
      module.tableSize =
        r.vector(() => {
          r.byte();
          return decodeLimits(r).minimum;
        })[0] ?? 0;
      return;
    case sectionId.memory: {
      const memories = r.vector(() => decodeLimits(r));
      if (memories.length > 1) throw simRefusals.unknownInstruction('second memory', r.position);
      module.memory = memories[0];
      return;
    }
    case sectionId.global:
      module.globals = r.vector(() => {
        const type = valueType(r.byte(), r.position - 1);
        const mutable = r.byte() === 1;
        const value = decodeConstant(r, module);
        return { type, mutable, ...(value === undefined ? {} : { value }) };
      });
      return;
    case sectionId.export:
      module.exports = r.vector((): WasmExport => {
        const name = r.name();
        const kind = exportKinds[r.byte()];
        if (kind === undefined) throw simRefusals.malformedModule('unknown kind of export', r.position - 1);
        return { name, kind, index: r.u32() };
      });
      return;
    case sectionId.start:
      module.start = r.u32();
      return;
    case sectionId.element:
      r.vector(() => decodeElement(r, module));
      return;
    case sectionId.code:
      r.vector(() => void module.functions.push(decodeFunction(r, module, typeIndexes)));
      return;
    case sectionId.data:
      module.data = r.vector(() => {
        const flags = r.u32();
        if (flags === 2) r.u32();
        const address = flags === 1 ? undefined : decodeConstant(r, module);
        const length = r.u32();
        r.take(length);
        return { length, ...(address === undefined ? {} : { address: Number(address) >>> 0 }) };
      });
      return;
    case sectionId.dataCount:
      return;
    default:
      throw simRefusals.malformedModule(`unknown section ${id}`, r.position);
  }
}

function decodeType(r: Reader): FunctionType {
  const form = r.byte();
  if (form !== 0x60) throw simRefusals.unknownInstruction(`type form 0x${form.toString(16)}`, r.position - 1);
  const list = () => r.vector(() => valueType(r.byte(), r.position - 1));
  return { params: list(), results: list() };
}

function decodeLimits(r: Reader): { minimum: number; maximum?: number } {
  const flags = r.byte();
  if (flags > 1)
    throw simRefusals.unknownInstruction(`memory with flags 0x${flags.toString(16)}`, r.position - 1);
  const minimum = r.u32();
  return flags === 1 ? { minimum, maximum: r.u32() } : { minimum };
}

/** A constant expression; undefined where it is not one plain constant. */
function decodeConstant(r: Reader, module: WasmModule): number | bigint | undefined {
  let value: number | bigint | undefined;
  let count = 0;
  for (;;) {
    const i = decodeInstruction(r, module.types);
    if (i.name === 'end') return count === 1 ? value : undefined;
    count++;
    if (i.name.endsWith('.const')) value = i.value;
    else if (i.name === 'global.get') value = module.globals[i.index]?.value;
    else value = undefined;
  }
}

function decodeElement(r: Reader, module: WasmModule): void {
  const offset = r.position;
  const flags = r.u32();
  if (flags > 3) throw simRefusals.unknownInstruction(`element segment with flags ${flags}`, offset);
  if (flags === 2) r.u32();
  if (flags === 0 || flags === 2) decodeConstant(r, module);
  if (flags !== 0) r.byte();
  module.elements.push(...r.vector(() => r.u32()));
}

function decodeFunction(r: Reader, module: WasmModule, typeIndexes: number[]): WasmFunction {
  const sizeOffset = r.position;
  const size = r.u32();
  const bodyOffset = r.position;
  const endOffset = bodyOffset + size;
  if (endOffset > r.end) throw simRefusals.truncatedModule(r.end);
  const index = module.functions.length;
  const typeIndex = typeIndexes[index];
  const type = module.types[typeIndex ?? -1];
  if (type === undefined || typeIndex === undefined)
    throw simRefusals.malformedModule(`function ${index} has no type`, sizeOffset);
  const locals: ValueType[] = [...type.params];
  const body = new Reader(r.bytes, bodyOffset, endOffset);
  body.vector(() => {
    const count = body.u32();
    const local = valueType(body.byte(), body.position - 1);
    if (locals.length + count > 50_000)
      throw simRefusals.malformedModule('more than 50000 locals', body.position);
    for (let i = 0; i < count; i++) locals.push(local);
  });
  const instructions: Instruction[] = [];
  while (!body.done) instructions.push(decodeInstruction(body, module.types));
  if (instructions.at(-1)?.name !== 'end')
    throw simRefusals.malformedModule(`function ${index} has no end`, endOffset);
  r.position = endOffset;
  return {
    index,
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

/** Function names of the "name" section (subsection 1) and the source map's address. A broken one is ignored, as the specification asks. */
function decodeCustom(r: Reader, module: WasmModule, names: Map<number, string>): void {
  try {
    const name = r.name();
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
