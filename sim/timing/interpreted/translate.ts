/** What an interpreter makes of each function of a module; made once. */
import type { RuntimeId } from '../../runtimes/index.ts';
import type { FunctionAnalysis, ModuleAnalysis } from '../../wasm/index.ts';
import type { Translation, Translator } from './translation.ts';
import { translateWamrClassic } from './wamr-classic.ts';
import { translateWamrFast } from './wamr-fast.ts';
import { translateWasm3 } from './wasm3.ts';

const translators: Partial<Record<RuntimeId, Translator>> = {
  wasm3: translateWasm3,
  'wamr-fast': translateWamrFast,
  'wamr-classic': translateWamrClassic,
};

const made = new WeakMap<FunctionAnalysis, Map<RuntimeId, Translation>>();

export function translationOf(
  analysis: ModuleAnalysis,
  f: FunctionAnalysis,
  runtime: RuntimeId,
): Translation {
  let known = made.get(f);
  if (!known) made.set(f, (known = new Map()));
  let translation = known.get(runtime);
  if (!translation) known.set(runtime, (translation = translators[runtime]!(analysis, f)));
  return translation;
}
