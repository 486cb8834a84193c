/**
 * Memory in the text that export writes for firmware (generator/firmware/c/src/wasm-rt.h): a pointer for each function, hidden behind an asm, another to the constants where they stay
 * in flash, and no check of what was proved.
 */
import type { WasmModule } from '../../wasm/module.ts';
import { readsMemory } from './counted-operands.ts';
import type { Activation } from './flow-graph.ts';
import type { Node } from './ir.ts';
import { splitReads } from './split-reads.ts';
import type { Access, NodeWriter, TextMemory } from './text-memory.ts';

const unnamed = { variable: -1 };

export class FirmwareMemory implements TextMemory {
  private readonly to: NodeWriter;
  private readonly pointers = new Map<Activation, { memory: Node; constants: Node }>();

  constructor(to: NodeWriter) {
    this.to = to;
    to.g.pinnedLoads = false;
    to.g.hasInstance = readsInstance(to.flow.analysis.module);
  }

  enter(activation: Activation): void {
    const value = BigInt(this.pointers.size);
    const memory = this.to.make('pool', 'i32', [], { value, ...unnamed });
    const constants = this.to.flow.analysis.placed?.flash
      ? this.to.make('pool', 'i32', [], { value, name: 'constants', ...unnamed })
      : memory;
    this.pointers.set(activation, { memory, constants });
  }

  /** Calls are not counted: the exporter refuses modules that call themselves. */
  leave(): void {}

  pointer(activation: Activation): Node {
    return this.pointers.get(activation)!.memory;
  }

  /** The pointer of an access: what was not proved to lie in memory is compared with its ends, which are constants (esc_inside). */
  access(access: Access, activation: Activation): Node {
    const { placed } = this.to.flow.analysis;
    const { memory, constants } = this.pointers.get(activation)!;
    const { index } = activation.f.wasm;
    const { instruction, at, address, bytes } = access;
    const kind = placed?.kinds[index]?.get(at) ?? 'any';
    // Its function waits for the interprocedural inliner.
    if (kind === 'any' && this.to.flow.early) this.to.effect('call', [address], { name: 'access' });
    else if (kind === 'any' && placed?.flash && instruction.name.includes('.load'))
      return this.to.effect(
        'place',
        [address, memory, constants],
        { offset: instruction.memoryOffset, bytes, chosen: readsMemory(this.to.flow.counts, index, at) },
        'i32',
      );
    else if (kind === 'any') this.compare(access);
    return this.to.make('address', 'i32', [kind === 'flash' ? constants : memory, address], unnamed);
  }

  private compare({ instruction: { memoryOffset: offset }, address, bytes }: Access): void {
    const { placed, module } = this.to.flow.analysis;
    const { first, end } = placed?.ram ?? { first: 0, end: (module.memories[0]?.minimum ?? 0) * 65536 };
    const constant = (n: number) => this.to.g.constant('i32', BigInt(n));
    if (offset >= first) this.to.effect('guard', [address, constant(end - bytes - offset)]);
    else {
      const distance = this.to.make('add', 'i32', [address, constant(offset - first)], unnamed);
      this.to.effect('guard', [distance, constant(end - first - bytes)]);
    }
  }

  /** Once all is there. */
  finish(): void {
    const { placed } = this.to.flow.analysis;
    if (placed?.flash) splitReads(this.to.g, placed.ram, placed.flash);
  }
}

/** Where nothing reads the instance, no function is given it (ipa-sra.cc). */
const readsInstance = ({ functions }: WasmModule): boolean =>
  functions.some(({ body }) =>
    body.some(({ name }) => /^(global\.|table\.|call_indirect|memory\.)/.test(name)),
  );
