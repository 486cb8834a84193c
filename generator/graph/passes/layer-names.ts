/**
 * Readable, unique layer names from ONNX node names: '/head_rnn/LSTM' is 'head_rnn', 'encoder/rnn/LSTM' is 'rnn' unless
 * another layer has that scope, and a node without a scope is called after its kind.
 */
import type { DraftLayer } from '../draft.ts';

const fallback: Readonly<Record<string, string>> = { attentionPool: 'attention' };

/** One identifier (letters, digits, underscores) for each layer. */
export function layerNames(layers: readonly DraftLayer[]): string[] {
  const scopes = layers.map(scopeOf);
  const taken = new Set<string>();
  return scopes.map((scope) => {
    const candidates = scope.map((_, i) => scope.slice(scope.length - 1 - i).join('_'));
    const clashes = (name: string): boolean =>
      scopes.filter((other) => other.join('_') === name || other.join('_').endsWith(`_${name}`)).length > 1;
    const base = candidates.find((name) => !clashes(name)) ?? candidates.at(-1)!;
    let name = base;
    for (let n = 2; taken.has(name); n++) name = `${base}_${n}`;
    taken.add(name);
    return name;
  });
}

/** The parts of a node's name before its operator; the layer's kind when there are none. */
function scopeOf(layer: DraftLayer): string[] {
  const parts = layer.node.name.split(/[/.]/).filter((part) => part !== '');
  const own = parts.at(-1) ?? '';
  const isOperator = own.replace(/_\d+$/, '').toLowerCase() === layer.node.op.toLowerCase();
  const scope = (isOperator ? parts.slice(0, -1) : parts).map(identifier).filter((part) => part !== '');
  return scope.length > 0 ? scope : [fallback[layer.kind] ?? identifier(layer.kind)];
}

export function identifier(text: string): string {
  const safe = text.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
  return /^\d/.test(safe) ? `n${safe}` : safe;
}
