import type { WasmModule } from '../../common/wasm/module.ts';
import type { FirmwareRuntime } from './runtime.ts';

/** error: the module does not run, or not as simulated. warning: it costs memory or safety. note: it could be smaller. */
export type Severity = 'error' | 'warning' | 'note';

export interface Finding {
  rule: string;
  severity: Severity;
  /** What is wrong, with the name of the thing. */
  message: string;
  /** What to do about it, imperative. */
  next: string;
  /** Byte offset in the module, where one place is to blame. */
  offset?: number;
}

export interface LintRule {
  /** Kebab case, never changes. */
  name: string;
  /** Why the rule exists, in one sentence. */
  reason: string;
  check(module: WasmModule, runtime: FirmwareRuntime): Omit<Finding, 'rule'>[];
}
