/** Coarse classes of operators, for cost tables and reports. */

export type OperatorClass =
  | 'get'
  | 'set'
  | 'const'
  | 'alu'
  | 'compare'
  | 'multiply'
  | 'divide'
  | 'load'
  | 'store'
  | 'branch'
  | 'select'
  | 'call'
  | 'global'
  | 'float'
  | 'bulk'
  | 'none';

const cache = new Map<string, OperatorClass>();

export function operatorClass(name: string): OperatorClass {
  let result = cache.get(name);
  if (result === undefined) cache.set(name, (result = classify(name)));
  return result;
}

function classify(name: string): OperatorClass {
  if (/^(block|loop|end|else|nop|drop|unreachable)$/.test(name)) return 'none';
  if (name === 'local.get') return 'get';
  if (/^local\.(set|tee)$/.test(name)) return 'set';
  if (name.startsWith('global.')) return 'global';
  if (name.endsWith('.const')) return 'const';
  if (/\.load/.test(name)) return 'load';
  if (/\.store/.test(name)) return 'store';
  if (/^(memory|table|data|elem)\./.test(name)) return 'bulk';
  if (/^(br|br_if|br_table|if|return)$/.test(name)) return 'branch';
  if (name.startsWith('call')) return 'call';
  if (name === 'select') return 'select';
  if (/^f(32|64)\./.test(name) || /trunc|reinterpret/.test(name)) return 'float';
  if (name.endsWith('.mul')) return 'multiply';
  if (/\.(div|rem)_/.test(name)) return 'divide';
  if (/\.(eqz|eq|ne|lt_[su]|gt_[su]|le_[su]|ge_[su])$/.test(name)) return 'compare';
  return 'alu';
}
