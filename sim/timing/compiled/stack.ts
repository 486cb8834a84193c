/**
 * Operand-stack heights of a function, by the validation rules of the WebAssembly core specification (section 3.3).
 * With them the operand stack becomes a set of numbered slots, so that translation can treat slots like locals.
 */
import type { FunctionType, Instruction, WasmFunction, WasmModule } from '../../wasm/module.ts';

/** Where a branch goes: how high the stack is there below the values that it carries. */
export interface BranchTarget {
  height: number;
  arity: number;
}

export interface StackLayout {
  /** Height before each instruction; -1 where control cannot come. */
  heights: Int32Array;
  /** Targets of the branches of each br, br_if, br_table (default last) and return. */
  targets: Map<number, BranchTarget[]>;
  /** Stack slots that the function needs. */
  maximum: number;
}

interface Frame {
  height: number;
  type: FunctionType;
  loop: boolean;
  /** No path leads into it. */
  dead: boolean;
}

export function stackLayout(module: WasmModule, f: WasmFunction): StackLayout {
  const heights = new Int32Array(f.body.length).fill(-1);
  const targets = new Map<number, BranchTarget[]>();
  const frames: Frame[] = [
    { height: 0, type: { params: [], results: f.type.results }, loop: false, dead: false },
  ];
  let height = 0;
  let dead = false;
  let maximum = 0;
  const target = (depth: number): BranchTarget => {
    const frame = frames[frames.length - 1 - depth]!;
    return { height: frame.height, arity: (frame.loop ? frame.type.params : frame.type.results).length };
  };
  f.body.forEach((instruction, i) => {
    const { name } = instruction;
    if (!dead) heights[i] = height;
    switch (name) {
      case 'block':
      case 'loop':
      case 'if': {
        if (name === 'if') height--;
        const type = instruction.blockType!;
        frames.push({ height: height - type.params.length, type, loop: name === 'loop', dead });
        return;
      }
      case 'else': {
        const frame = frames.at(-1)!;
        height = frame.height + frame.type.params.length;
        dead = frame.dead;
        return;
      }
      case 'end': {
        const frame = frames.pop()!;
        height = frame.height + frame.type.results.length;
        dead = frame.dead;
        return;
      }
      case 'br':
      case 'br_if':
        if (name === 'br_if') height--;
        targets.set(i, [target(instruction.index)]);
        dead ||= name === 'br';
        return;
      case 'br_table':
        height--;
        targets.set(i, instruction.labels.map(target));
        dead = true;
        return;
      case 'return':
        targets.set(i, [target(frames.length - 1)]);
        dead = true;
        return;
      case 'unreachable':
        dead = true;
        return;
      default:
        height += stackEffect(module, instruction);
        maximum = Math.max(maximum, height + 1);
    }
  });
  return { heights, targets, maximum: maximum + 2 };
}

/** Change of the stack's height by an instruction that is not control flow. */
export function stackEffect(module: WasmModule, instruction: Instruction): number {
  const { name } = instruction;
  if (name === 'nop') return 0;
  if (name === 'drop' || name === 'local.set' || name === 'global.set') return -1;
  if (name === 'select') return -2;
  if (name === 'local.tee' || name === 'memory.grow') return 0;
  if (name === 'local.get' || name === 'global.get' || name === 'memory.size') return 1;
  if (name.endsWith('.const')) return 1;
  if (name === 'call') {
    const { params, results } = module.functions[instruction.index]!.type;
    return results.length - params.length;
  }
  if (name === 'call_indirect') {
    const { params, results } = module.types[instruction.index]!;
    return results.length - params.length - 1;
  }
  if (/^(memory\.(copy|fill|init)|table\.(init|copy))$/.test(name)) return -3;
  if (name === 'data.drop' || name === 'elem.drop') return 0;
  if (name.includes('.store')) return -2;
  if (name.includes('.load')) return 0;
  return isUnary(name) ? 0 : -1;
}

const unary =
  /\.(eqz|clz|ctz|popcnt|abs|neg|ceil|floor|trunc|nearest|sqrt|wrap_i64|extend\w*|trunc_\w+|convert_\w+|demote_f64|promote_f32|reinterpret_\w+)$/;

export const isUnary = (name: string): boolean => unary.test(name);

/** The slot that an instruction with a result assigns; `top` is the one just above the stack before it. */
export function assignedSlot(name: string, top: number): number {
  if (name.endsWith('.const') || name.endsWith('.get')) return top;
  if (isUnary(name) || name.includes('.load')) return top - 1;
  return name === 'select' ? top - 3 : top - 2;
}
