/** All rules, in the order in which their findings are shown. */
import { acceptedFeatures } from './rules/accepted-features.ts';
import { dataInMemory } from './rules/data-in-memory.ts';
import { exportsMemory } from './rules/exports-memory.ts';
import { fixedMemory } from './rules/fixed-memory.ts';
import { heapBase } from './rules/heap-base.ts';
import { lowData } from './rules/low-data.ts';
import { noCustomSections } from './rules/no-custom-sections.ts';
import { noFloats } from './rules/no-floats.ts';
import { noImports } from './rules/no-imports.ts';
import { noIndirectCalls } from './rules/no-indirect-calls.ts';
import { noMemoryGrow } from './rules/no-memory-grow.ts';
import { noMemorySize } from './rules/no-memory-size.ts';
import { noMutableGlobals } from './rules/no-mutable-globals.ts';
import { noRecursion } from './rules/no-recursion.ts';
import { noStart } from './rules/no-start.ts';
import { validModule } from './rules/valid-module.ts';
import { wideMultiply } from './rules/wide-multiply.ts';
import type { LintRule } from './rule.ts';

export const rules: readonly LintRule[] = [
  validModule,
  acceptedFeatures,
  noImports,
  noStart,
  exportsMemory,
  fixedMemory,
  noMemoryGrow,
  noMemorySize,
  noMutableGlobals,
  heapBase,
  dataInMemory,
  noIndirectCalls,
  noRecursion,
  noFloats,
  wideMultiply,
  lowData,
  noCustomSections,
];
