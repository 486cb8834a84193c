/** From the flow graph to static single assignment, instruction by instruction. Locals and operand-stack slots are the variables (ssa-variables.ts). */
import { isWideDivision } from '../../wasm/index.ts';
import type { Instruction } from '../../wasm/module.ts';
import { firstWords } from './argument-words.ts';
import { bitsOf, keptBits } from './bits.ts';
import type { Build } from './build.ts';
import { chosen, countedDivision, transferRun } from './counted-operands.ts';
import { FirmwareMemory } from './firmware-memory.ts';
import { InlineOrder } from './inline-order.ts';
import { InstanceMemory } from './instance-memory.ts';
import { flowOrder, type Activation, type FlowBlock, type FlowGraph } from './flow-graph.ts';
import { Graph, isConst, resolve, type Block, type Edge, type Node, type Type } from './ir.ts';
import { simplify } from './simplify.ts';
import { placeBlocks, placedEdges } from './ssa-blocks.ts';
import { localTypes, Variables } from './ssa-variables.ts';
import { assignedSlot } from './stack.ts';
import { passing } from './static-profile.ts';
import type { TextMemory } from './text-memory.ts';

/** Builds the graph of a function with inlined callees, with the checks and the types of a build. */
export function buildSsa(flow: FlowGraph, build: Pick<Build, 'checked' | 'floats' | 'rewritten'>): Graph {
  return new SsaBuilder(flow, build).build();
}

class SsaBuilder {
  private readonly flow: FlowGraph;
  private readonly checked: boolean;
  private readonly memory: TextMemory;
  /** Doubles are two words of the core where the unit has none. */
  private readonly softDoubles: boolean;
  private readonly g = new Graph();
  private blocks: ReadonlyMap<FlowBlock, Block> = new Map();
  private readonly variables: Variables;
  private current!: Block;
  private activation!: Activation;
  /** Variable that the instruction being translated assigns. */
  private variable = -1;
  /** How often gcc thinks that the instruction is reached, and how likely that a division does not trap. */
  private count = 0;
  private divides = 1;
  private readonly inlineOrder = new InlineOrder();

  constructor(
    flow: FlowGraph,
    { checked, floats, rewritten }: Pick<Build, 'checked' | 'floats' | 'rewritten'>,
  ) {
    this.flow = flow;
    this.checked = checked;
    const { g, make, effect } = this;
    const writer = { g, flow, make, effect };
    this.memory = rewritten
      ? new FirmwareMemory(writer)
      : new InstanceMemory(writer, this.inlineOrder, checked);
    this.softDoubles = floats === 'single';
    const types = localTypes(flow.blocks, (type) => this.kept(type));
    this.variables = new Variables(this.g, types);
  }

  build(): Graph {
    const { g, flow } = this;
    g.mostCount = flow.mostCount;
    g.early = flow.early;
    const order = flowOrder(flow.entry);
    this.blocks = placeBlocks(g, flow, order);
    const { params } = flow.root.wasm.type;
    const known = flow.parameters(flow.root.wasm.index);
    const kept = params.filter((_, i) => (known[i]?.constant ?? null) === null);
    const words = firstWords(
      kept.map((type) => this.kept(type)),
      g.hasInstance,
    );
    params.forEach((type, i) => {
      const variable = flow.entry.activation.variables + i;
      const { constant, range } = known[i] ?? { constant: null, range: null };
      if (constant !== null)
        return this.variables.write(g.entry, variable, g.constant(this.kept(type), constant));
      const offset = words.shift()!;
      const entryNode = g.node(g.entry, 'param', this.kept(type), [], { value: BigInt(i), offset, range });
      g.entry.nodes.push(entryNode);
      this.variables.write(g.entry, variable, entryNode);
    });
    for (const b of order) {
      this.variables.seal();
      this.fill(b);
    }
    this.variables.seal();
    this.memory.finish?.();
    return g;
  }

  private fill(b: FlowBlock): void {
    const block = this.blocks.get(b)!;
    this.current = block;
    this.activation = b.activation;
    this.count = b.count;
    this.divides = b.divides;
    this.inlineOrder.branches();
    const values = b.moves.map(({ from }) => (from === 'zero' ? null : this.variables.read(block, from)));
    b.moves.forEach(({ to }, i) => this.variables.write(block, to, values[i] ?? this.zero(b, to)));
    if (b.enters) this.memory.enter(b.activation);
    if (b.leaves) this.memory.leave();
    const { layout, slots } = b.activation;
    for (let i = b.first; i < b.last; i++)
      if (layout.heights[i]! >= 0) this.translate(b, i, slots + layout.heights[i]!);
    const edges = placedEdges(b, this.blocks);
    switch (b.term.kind) {
      case 'jump':
        block.term = { kind: 'jump', edges: edges as [Edge] };
        break;
      case 'branch':
        block.term = {
          kind: 'branch',
          condition: this.variables.read(block, b.term.slot),
          edges: edges as [Edge, Edge],
        };
        break;
      case 'table':
        block.term = { kind: 'table', condition: this.variables.read(block, b.term.slot), edges };
        break;
      case 'return':
        this.memory.leave();
        block.term = {
          kind: 'return',
          values: this.flow.results.map((r) => this.variables.read(block, r)),
          edges: [],
        };
        break;
      case 'trap':
        block.term = { kind: 'trap', edges: [] };
    }
    this.variables.fill(block);
  }

  /** Locals start at zero of their type. */
  private zero(b: FlowBlock, variable: number): Node {
    return this.g.constant(this.kept(b.activation.f.wasm.locals[variable - b.activation.variables]!), 0n);
  }

  /** The type that a value has in the program. */
  private kept(type: Type): Type {
    return type === 'f64' && this.softDoubles ? 'i64' : type;
  }

  private readonly make = (op: string, type: Type, args: Node[], extra: Partial<Node> = {}): Node => {
    const node = this.g.node(this.current, op, type, args.map(resolve), {
      variable: this.variable,
      ...extra,
    });
    const simpler = simplify(this.g, node, this.make);
    if (simpler) return simpler;
    this.current.nodes.push(node);
    return node;
  };

  private readonly effect = (
    op: string,
    args: Node[],
    extra: Partial<Node> = {},
    type: Type = 'void',
  ): Node => {
    const node = this.g.node(this.current, op, type, args.map(resolve), { count: this.count, ...extra });
    this.count *= op === 'divcheck' ? this.divides : passing(node);
    this.current.nodes.push(node);
    return node;
  };

  /** Translates one instruction; `top` is the variable just above the operand stack. */
  private translate(b: FlowBlock, at: number, top: number): void {
    const block = this.current;
    const { activation } = b;
    const instruction = activation.f.wasm.body[at]!;
    const { name } = instruction;
    const pop = (k: number) => this.variables.read(block, top - k);
    const push = (at: number, value: Node) => this.variables.write(block, at, value);
    this.variable = assignedSlot(name, top);
    const dot = name.indexOf('.');
    const type = this.kept((dot > 0 ? name.slice(0, dot) : 'void') as Type);
    const op = dot > 0 ? name.slice(dot + 1) : name;

    switch (name) {
      case 'block':
      case 'loop':
      case 'else':
      case 'end':
      case 'if':
      case 'br':
      case 'br_if':
      case 'br_table':
      case 'return':
      case 'nop':
      case 'drop':
      case 'unreachable':
        return;
      case 'local.get':
        return push(top, this.variables.read(block, activation.variables + instruction.index));
      case 'local.set':
      case 'local.tee':
        return this.variables.write(block, activation.variables + instruction.index, pop(1));
      case 'global.get':
        return push(
          top,
          this.make('global', this.kept(this.flow.analysis.module.globals[instruction.index]!.type), [], {
            value: BigInt(instruction.index),
          }),
        );
      case 'global.set':
        this.effect('setglobal', [pop(1)], { value: BigInt(instruction.index) });
        return;
      case 'select':
        this.inlineOrder.branches();
        return push(
          top - 3,
          this.make('select', pop(2).type, [pop(1), pop(3), pop(2)], {
            chosen: chosen(this.flow.counts, b.origin.f, at),
          }),
        );
      case 'call':
        return this.call(instruction, top);
      case 'call_indirect':
        return this.callIndirect(instruction, top);
      case 'memory.size':
        return push(top, this.make('pages', 'i32', []));
      case 'memory.grow':
        return push(top - 1, this.effect('call', [pop(1)], { name }, 'i32'));
      case 'memory.copy':
      case 'memory.fill':
      case 'memory.init':
        return this.transfer(name, b.origin.f, at, [pop(3), pop(2), pop(1)]);
      case 'table.init':
      case 'table.copy':
        this.effect('call', [pop(3), pop(2), pop(1)], { name });
        return;
      case 'data.drop':
      case 'elem.drop':
        this.effect('call', [], { name });
        return;
    }
    if (op === 'const') {
      return push(top, this.g.constant(type, bitsOf(name, instruction.value)));
    }
    if (op.startsWith('load')) {
      const called = this.checked && this.flow.isCalled(activation.f, at);
      return push(top - 1, this.load(instruction, at, type, op, pop(1), called));
    }
    if (op.startsWith('store')) return this.store(instruction, at, type, op, pop(2), pop(1));
    if (/^f(32|64)/.test(name) || /trunc_|reinterpret/.test(op)) {
      const binary = /^(add|sub|mul|div|min|max|copysign|eq|ne|lt|gt|le|ge)$/.test(op);
      const args = binary ? [pop(2), pop(1)] : [pop(1)];
      const result: Type = /^(eq|ne|lt|gt|le|ge)$/.test(op) ? 'i32' : type;
      return push(top - args.length, this.make('float', result, args, { name }));
    }
    const x = pop(1);
    switch (op) {
      case 'eqz':
        return push(top - 1, this.make('eq', 'i32', [x, this.g.constant(x.type, 0n)]));
      case 'wrap_i64':
        return push(top - 1, this.make('wrap', 'i32', [x]));
      case 'extend_i32_s':
        return push(top - 1, this.make('sext', 'i64', [x]));
      case 'extend_i32_u':
        return push(top - 1, this.make('zext', 'i64', [x]));
      case 'extend8_s':
      case 'extend16_s':
        if (type === 'i32') return push(top - 1, this.make(op === 'extend8_s' ? 'ext8' : 'ext16', type, [x]));
        return push(
          top - 1,
          this.make('sext', 'i64', [
            this.make(op === 'extend8_s' ? 'ext8' : 'ext16', 'i32', [this.make('wrap', 'i32', [x])]),
          ]),
        );
      case 'extend32_s':
        return push(top - 1, this.make('sext', 'i64', [this.make('wrap', 'i32', [x])]));
      case 'clz':
      case 'ctz':
        this.inlineOrder.branches();
        return push(top - 1, this.make(op, type, [x]));
      case 'popcnt': {
        // __builtin_popcountll is an int.
        const ones = this.make(op, 'i32', [x]);
        return push(top - 1, type === 'i32' ? ones : this.make('sext', type, [ones]));
      }
    }
    const result: Type = /^(eq|ne|[lg][te]_[su])$/.test(op) ? 'i32' : type;
    const node = this.binary(op, result, pop(2), x);
    if (isWideDivision(instruction) && /^(div|rem)_/.test(node.op))
      node.division = countedDivision(this.flow.counts, b.origin.f, at, op.endsWith('_s'));
    push(top - 2, node);
  }

  private binary(op: string, type: Type, a: Node, b: Node): Node {
    if (/^(div|rem)_/.test(op) && !isConst(b)) {
      this.inlineOrder.branches();
      this.effect('divcheck', [a, b], { name: op });
    }
    // C shifts by less than the width; wasm2c masks.
    const masked = type === 'i32' && /^(sh[lr]|rot)/.test(op) && !isConst(b);
    return this.make(op, type, [a, masked ? this.make('and', 'i32', [b, this.g.constant('i32', 31n)]) : b]);
  }

  private load(
    instruction: Instruction,
    at: number,
    type: Type,
    op: string,
    address: Node,
    called: boolean,
  ): Node {
    const bytes = Number(/\d+/.exec(op)?.[0] ?? (type.endsWith('64') ? 64 : 32)) / 8;
    const signed = op.endsWith('_s');
    if (called) {
      const size = this.make('size', 'i32', []);
      const offset = instruction.memoryOffset;
      return this.effect('accessor', [this.pointer(), size, address], { offset, bytes, signed }, type);
    }
    // Loads that widen to 64 bits go in with the early inliner, as stores do.
    const late = !(type === 'i64' && bytes < 8);
    const pointer = this.memory.access({ instruction, at, address, bytes, late }, this.activation);
    // One that is chosen has the offset already.
    const offset = pointer.op === 'place' ? 0 : instruction.memoryOffset;
    if (type === 'i64' && bytes < 8) {
      const low = this.make('load', 'i32', [pointer], {
        offset,
        bytes,
        signed,
        variable: -1,
      });
      return this.make(signed ? 'sext' : 'zext', 'i64', [low]);
    }
    return this.make('load', type, [pointer], {
      offset,
      bytes,
      signed,
      variable: -1,
    });
  }

  private store(
    instruction: Instruction,
    at: number,
    type: Type,
    op: string,
    address: Node,
    value: Node,
  ): void {
    const bytes = Number(/\d+/.exec(op)?.[0] ?? (type.endsWith('64') ? 64 : 32)) / 8;
    const pointer = this.memory.access({ instruction, at, address, bytes, late: false }, this.activation);
    const stored = keptBits(type === 'i64' && bytes < 8 ? this.make('wrap', 'i32', [value]) : value, bytes);
    this.effect('store', [pointer, stored], { offset: instruction.memoryOffset, bytes });
  }

  private pointer(): Node {
    return this.memory.pointer(this.activation);
  }

  /** A copy or fill checks its ranges, then calls the C library; code without checks of accesses keeps these (RANGE_CHECK, where MEMCHECK is empty). All of it waits for the late inliner. */
  private transfer(name: string, f: number, at: number, [to, from, length]: [Node, Node, Node]): void {
    if (this.flow.early) return void this.effect('call', [to, from, length], { name });
    const ranges = name === 'memory.copy' ? [to, from] : [to];
    for (const start of ranges) {
      const size = this.make('size', 'i32', []);
      if (isConst(length))
        this.effect('check', [start, size], {
          bytes: Number(BigInt.asUintN(32, length.value)),
          rank: this.inlineOrder.next(false),
        });
      else this.effect('guard64', [start, size, length]);
    }
    const [target, source] = ranges.map((start) =>
      this.make('address', 'i32', [this.pointer(), start], { variable: -1 }),
    );
    const run = transferRun(this.flow.counts, f, at);
    this.effect('call', [target!, source ?? from, length], { name, transfer: run });
  }

  private call(instruction: Instruction, top: number): void {
    const { params, results } = this.flow.analysis.module.functions[instruction.index]!.type;
    const known = this.flow.parameters(instruction.index);
    const passed = params.map((_, i) => this.variables.read(this.current, top - params.length + i));
    const args = passed.filter((_, i) => (known[i]?.constant ?? null) === null);
    const node = this.effect(
      'call',
      args,
      { value: BigInt(instruction.index) },
      this.kept(results[0] ?? 'void'),
    );
    results.forEach((_, i) => this.variables.write(this.current, top - params.length + i, node));
  }

  private callIndirect(instruction: Instruction, top: number): void {
    const { params, results } = this.flow.analysis.module.types[instruction.index]!;
    const first = top - params.length - 1;
    const args = [...params, 'i32'].map((_, i) => this.variables.read(this.current, first + i));
    const node = this.effect('call', args, { name: 'indirect' }, this.kept(results[0] ?? 'void'));
    results.forEach((_, i) => this.variables.write(this.current, first + i, node));
  }
}
