/**
 * Memory in the text that export writes for firmware (generator/firmware/c/src/wasm-rt.h): a pointer for each function, hidden behind an asm, another to the constants where they stay
 * in flash, and no check of what was proved.
 */
import type { Instruction, WasmModule } from '../../wasm/module.ts';
import { readsMemory } from './counted-operands.ts';
import type { Activation, FlowGraph } from './flow-graph.ts';
import type { Graph, Node, Type } from './ir.ts';
import type { Make } from './simplify.ts';
import { splitReads } from './split-reads.ts';

type Effect = (op: string, args: Node[], extra?: Partial<Node>, type?: Type) => Node;

interface Access {
  instruction: Instruction;
  /** Its place in the function. */
  at: number;
  address: Node;
  bytes: number;
}

const unnamed = { variable: -1 };

export class FirmwareMemory {
  private readonly g: Graph;
  private readonly flow: FlowGraph;
  private readonly make: Make;
  private readonly effect: Effect;
  private readonly pointers = new Map<Activation, { memory: Node; constants: Node }>();

  constructor(g: Graph, flow: FlowGraph, make: Make, effect: Effect) {
    this.g = g;
    this.flow = flow;
    this.make = make;
    this.effect = effect;
    g.pinnedLoads = false;
    g.hasInstance = readsInstance(flow.analysis.module);
  }

  enter(activation: Activation): void {
    const value = BigInt(this.pointers.size);
    const memory = this.make('pool', 'i32', [], { value, ...unnamed });
    const constants = this.flow.analysis.placed?.flash
      ? this.make('pool', 'i32', [], { value, name: 'constants', ...unnamed })
      : memory;
    this.pointers.set(activation, { memory, constants });
  }

  pointer(activation: Activation): Node {
    return this.pointers.get(activation)!.memory;
  }

  /** The pointer of an access: what was not proved to lie in memory is compared with its ends, which are constants (esc_inside). */
  access(activation: Activation, access: Access): Node {
    const { placed } = this.flow.analysis;
    const { memory, constants } = this.pointers.get(activation)!;
    const { index } = activation.f.wasm;
    const { instruction, at, address, bytes } = access;
    const kind = placed?.kinds[index]?.get(at) ?? 'any';
    // Its function waits for the interprocedural inliner.
    if (kind === 'any' && this.flow.early) this.effect('call', [address], { name: 'access' });
    else if (kind === 'any' && placed?.flash && instruction.name.includes('.load'))
      return this.effect(
        'place',
        [address, memory, constants],
        { offset: instruction.memoryOffset, bytes, chosen: readsMemory(this.flow.counts, index, at) },
        'i32',
      );
    else if (kind === 'any') this.compare(access);
    return this.make('address', 'i32', [kind === 'flash' ? constants : memory, address], unnamed);
  }

  private compare({ instruction: { memoryOffset: offset }, address, bytes }: Access): void {
    const { placed, module } = this.flow.analysis;
    const { first, end } = placed?.ram ?? { first: 0, end: (module.memories[0]?.minimum ?? 0) * 65536 };
    const constant = (n: number) => this.g.constant('i32', BigInt(n));
    if (offset >= first) this.effect('guard', [address, constant(end - bytes - offset)]);
    else {
      const distance = this.make('add', 'i32', [address, constant(offset - first)], unnamed);
      this.effect('guard', [distance, constant(end - first - bytes)]);
    }
  }

  /** Once all is there. */
  finish(): void {
    const { placed } = this.flow.analysis;
    if (placed?.flash) splitReads(this.g, placed.ram, placed.flash);
  }
}

/** Where nothing reads the instance, no function is given it (ipa-sra.cc). */
const readsInstance = ({ functions }: WasmModule): boolean =>
  functions.some(({ body }) =>
    body.some(({ name }) => /^(global\.|table\.|call_indirect|memory\.)/.test(name)),
  );
