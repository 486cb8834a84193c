/** kernel_names.h: the names that this release of wasm2c gave, for the host code. */
import { guarded } from '../c-text.ts';
import { hostFunctions } from '../kernel-features.ts';
import type { GeneratedNames } from './names.ts';

export function wasm2cNamesHeader(names: GeneratedNames): string {
  const cases = hostFunctions.flatMap((f) => {
    const called = names.exports.get(f);
    if (!called) return [];
    const call = called.returns ? `return (int32_t)${called.name}(at);` : `${called.name}(at); return 0;`;
    return [`  case ESC_${f.toUpperCase()}: ${call}`];
  });
  const start = [...(names.initModule ? [`${names.initModule}();`] : []), `${names.instantiate}(at);`];
  const present = hostFunctions.map((f) => Number(names.exports.has(f)));
  return guarded(
    'ESCAPEMENT_KERNEL_NAMES_H',
    `typedef ${names.instance} ESC_INSTANCE;
#define ESC_INSTANTIATE(at) do { ${start.join(' ')} } while (0)
#define ESC_PRESENT { ${present.join(', ')} }
#define ESC_CALLS(at) \\
${cases.join(' \\\n')}

/* The constants, where they stay in flash. */
extern const uint8_t *const escapement_constants;`,
  );
}
