/** Refusals ESC7xx: module lint, firmware bundles and self-tests. */
import { didYouMean } from '../nearest.ts';
import { define } from './refusal.ts';

// ESC701 to ESC709: modules and runtimes.

export const unknownRuntime = define(
  'ESC701',
  (name: string, known: readonly string[]) =>
    `There is no firmware runtime "${name}".${didYouMean(name, known)}`,
  (_name, known) => `Use one of ${known.join(', ')}.`,
);

// ESC702 said that a module cannot be read, as ESC501 to ESC503 do: its number is not used again.

// ESC710 to ESC719: tools and what they write.

export const toolMissing = define(
  'ESC710',
  (tool: string, _debianPackage: string) => `${tool} ${tool.includes(', ') ? 'are' : 'is'} not installed.`,
  (tool, debianPackage) =>
    `Install ${tool.includes(', ') ? 'them' : 'it'} (Debian: apt-get install ${debianPackage}).`,
);

export const toolFailed = define(
  'ESC711',
  (tool: string, message: string) => `${tool} failed: ${message}`,
  (tool) => `Check that ${tool} runs on its own; the versions that are tested stand in docs/firmware.md.`,
);

export const unreadableTranslation = define(
  'ESC712',
  (what: string) => `The C code that wasm2c wrote has an unknown shape: ${what}.`,
  () => 'Use wabt 1.0.32, and report the version that did this.',
);

export const noWindows = define(
  'ESC713',
  (kernel: string) => `The self-test of ${kernel} has no complete window.`,
  () => 'Give a recording that is longer than the window.',
);

export const notFlashable = define(
  'ESC714',
  (kernel: string, rule: string, message: string, _next: string) =>
    `Kernel ${kernel} cannot be exported, it breaks the rule ${rule}: ${message}`,
  (_kernel, _rule, _message, next) => next,
);

export const otherKernel = define(
  'ESC715',
  (kernel: string, hash: string) =>
    `The manifest of ${kernel} belongs to other bytes than the module given (${hash}).`,
  () => 'Use kernel.wasm and kernel.json of one compilation.',
);

export const notABundle = define(
  'ESC720',
  (folder: string, found: string) => `The folder ${folder} holds ${found}, which no export wrote.`,
  () => 'Give another folder with --out, or empty this one.',
);

export const badWindows = define(
  'ESC721',
  (text: string) => `--windows wants a whole number from 1 to 50, got "${text}".`,
  () => 'Give for example --windows 3.',
);
