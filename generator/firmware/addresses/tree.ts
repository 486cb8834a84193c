/** The body of a function as nested blocks, the shape in which WebAssembly control flow is defined. */
import type { Instruction, WasmFunction } from '../../../common/wasm/module.ts';

export interface BlockNode {
  kind: 'block' | 'loop' | 'if';
  instruction: Instruction;
  body: Node[];
  otherwise: Node[];
  /** Values that a branch to it carries, and that it leaves. */
  arity: number;
  results: number;
  /** Locals that the body sets. */
  sets: ReadonlySet<number>;
}
export type Node = Instruction | BlockNode;

export const isBlock = (node: Node): node is BlockNode => 'kind' in node;

const opens = new Set(['block', 'loop', 'if']);

export function bodyTree(f: WasmFunction): Node[] {
  let at = 0;
  const sequence = (): Node[] => {
    const nodes: Node[] = [];
    for (;;) {
      const instruction = f.body[at];
      if (instruction.name === 'end' || instruction.name === 'else') return nodes;
      at++;
      nodes.push(opens.has(instruction.name) ? block(instruction) : instruction);
    }
  };
  const block = (instruction: Instruction): BlockNode => {
    const kind = instruction.name as BlockNode['kind'];
    const body = sequence();
    let otherwise: Node[] = [];
    if (f.body[at].name === 'else') {
      at++;
      otherwise = sequence();
    }
    at++; // end
    const { params, results } = instruction.blockType!;
    return {
      kind,
      instruction,
      body,
      otherwise,
      arity: kind === 'loop' ? params.length : results.length,
      results: results.length,
      sets: setLocals([...body, ...otherwise]),
    };
  };
  return sequence();
}

function setLocals(nodes: readonly Node[]): Set<number> {
  const found = new Set<number>();
  for (const node of nodes) {
    if (isBlock(node)) for (const local of node.sets) found.add(local);
    else if (node.name === 'local.set' || node.name === 'local.tee') found.add(node.index);
  }
  return found;
}
