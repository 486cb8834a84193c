/**
 * What gcc 12 takes a function of wasm2c for in size when it decides on inlining it (estimate_num_insns and ipa-fnsummary), beside its entry, its return and the
 * check of its depth. Conversions are free; of what is read or written through the instance, half is taken to vanish in the caller.
 */
import type { FunctionAnalysis } from '../../wasm/index.ts';

const free =
  /^(local\.|drop|nop|block|loop|else|end|return|br$|i32\.wrap|i64\.extend|i32\.extend|\w+\.const)|reinterpret/;
const comparison = /\.(eqz|eq|ne|[lg][te](_[su])?)$/;
const decision = /^(if|br_if|select)/;
const shift = /\.(shl|shr_[su]|rotl|rotr)$/;

/** A test and a call of the trap. */
const trap = 4;
/** An access through the instance. */
const field = 0.5;

export function inlineSize({ wasm }: FunctionAnalysis, checked: boolean): number {
  let size = 0;
  // What is known of the instance's fields until something may have written them.
  let fields = new Set<string>();
  let depthIsKnown = true;
  let previous = '';
  const read = (name: string) => {
    if (!fields.has(name)) size += field;
    fields.add(name);
  };
  const written = () => {
    fields = new Set();
    depthIsKnown = false;
  };
  for (const { name, index, memoryOffset } of wasm.body) {
    if (/^\w+\.(load|store)/.test(name)) {
      read('base');
      // The pointer, the access, and the asm that keeps it.
      size += name.includes('load') ? 3 : 2;
      if (memoryOffset > 0) size += 1;
      if (checked) {
        read('size');
        size += 1 + trap;
      }
      if (name.includes('store')) written();
    } else if (name === 'global.get') read(`global ${index}`);
    else if (name === 'global.set') {
      size += field;
      fields.add(`global ${index}`);
    } else if (name.startsWith('call') || name.startsWith('memory.')) {
      size += 4;
      written();
    } else if (decision.test(name)) size += comparison.test(previous) ? 1 : 2;
    else if (name === 'br_table') size += 8;
    else if (/\.(div|rem)_/.test(name)) size += 1 + trap;
    else if (shift.test(name)) size += previous.endsWith('.const') ? 1 : 2;
    else if (/\.(clz|ctz)$/.test(name)) size += 3;
    else if (!free.test(name)) size += 1;
    previous = name;
  }
  // The depth is read again on the way out.
  return size + (depthIsKnown ? 0 : 2);
}
