/** Linear memory as wasm2c writes it: its pointer and its length are read through the instance, and a variable beside that counts how deep calls are nested. */
import type { InlineOrder } from './inline-order.ts';
import { callDepth, type Node } from './ir.ts';
import type { Access, NodeWriter, TextMemory } from './text-memory.ts';

const unnamed = { variable: -1 };

export class InstanceMemory implements TextMemory {
  private readonly to: NodeWriter;
  private readonly order: InlineOrder;
  private readonly checked: boolean;

  constructor(to: NodeWriter, order: InlineOrder, checked: boolean) {
    this.to = to;
    this.order = order;
    this.checked = checked;
  }

  pointer(): Node {
    return this.to.make('base', 'i32', [], unnamed);
  }

  /**
   * Accessors that wait for the interprocedural inliner get the memory's length and pointer as values (ipa-sra.cc), both read where they are called; the
   * others read the pointer behind their check.
   */
  access({ instruction, address, bytes, late }: Access): Node {
    let base: Node | null = null;
    // It is called yet.
    if (this.checked && late && this.to.flow.early) this.to.effect('call', [address], { name: 'access' });
    else if (this.checked) {
      const size = this.to.make('size', 'i32', [], { late });
      if (late) base = this.to.make('base', 'i32', [], { ...unnamed, late });
      this.to.effect('check', [address, size], {
        offset: instruction.memoryOffset,
        bytes,
        rank: this.order.next(late),
      });
    }
    return this.to.make('address', 'i32', [base ?? this.pointer(), address], unnamed);
  }

  /** wasm2c counts how deep calls are nested and traps where they nest too deep. */
  enter(): void {
    this.to.effect('enter', [this.changeDepth(1n)]);
  }

  leave(): void {
    this.changeDepth(-1n);
  }

  private changeDepth(by: bigint): Node {
    const variable = { value: callDepth, ...unnamed };
    const depth = this.to.make('global', 'i32', [], variable);
    const changed = this.to.make('add', 'i32', [depth, this.to.g.constant('i32', by)], unnamed);
    this.to.effect('setglobal', [changed], variable);
    return changed;
  }
}
