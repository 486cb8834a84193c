/** Refusals ESC5xx: simulation, runtimes and modules. */
import { listed } from '../listed.ts';
import { didYouMean } from '../nearest.ts';
import { define } from './refusal.ts';

export const notWasm = define(
  'ESC501',
  () => 'The file is not a WebAssembly binary: it does not start with "\\0asm".',
  () => 'Give a .wasm file; turn text into a binary with wat2wasm.',
);

export const truncatedModule = define(
  'ESC502',
  (offset: number) => `The module ends or has a broken length at byte ${offset}.`,
  () => 'Copy or compile the file again.',
);

export const malformedModule = define(
  'ESC503',
  (what: string, offset: number) => `The module is malformed at byte ${offset}: ${what}.`,
  () => 'Compile the file again with a compiler that emits WebAssembly 1.0.',
);

export const unknownInstruction = define(
  'ESC504',
  (name: string, offset: number) =>
    `The module uses a ${name} at byte ${offset}, which the simulator cannot time.`,
  () =>
    'Compile for WebAssembly 1.0; of later features sign extension, saturating conversions, bulk memory and multiple values are timed.',
);

export const moduleHasImports = define(
  'ESC505',
  (first: string, count: number) => `The module imports ${count} thing(s), the first is "${first}".`,
  () => 'Link it so that it imports nothing (AssemblyScript: --runtime stub --use abort=).',
);

export const noSuchExport = define(
  'ESC506',
  (name: string, available: string[]) =>
    `The module exports no function "${name}"; it exports ${available.length ? listed(available) : 'none'}.`,
  (name: string, available: string[]) =>
    available.length ? `Name one of them with --entry.${didYouMean(name, available)}` : 'Export one.',
);

export const trapped = define(
  'ESC507',
  (message: string) => `The module trapped while it was measured: ${message}.`,
  () => 'Give arguments and input for which the entry runs to its end.',
);

export const unknownRuntime = define(
  'ESC508',
  (name: string, _known: string[]) => `There is no runtime "${name}".`,
  (_name: string, known: string[]) => `Use one of ${known.join(', ')}.`,
);

export const unknownCore = define(
  'ESC509',
  (name: string, _known: string[]) => `There is no timing model for core "${name}".`,
  (_name: string, known: string[]) => `Use one of ${known.join(', ')}, or add a file to sim/cores.`,
);

export const invalidModule = define(
  'ESC510',
  (message: string) => `The module does not validate: ${message}.`,
  () => 'Compile the file again.',
);

export const wrongArguments = define(
  'ESC511',
  (name: string, expected: string, given: number) =>
    `"${name}" takes (${expected}), but ${given} argument(s) were given.`,
  () => 'Give one number for each parameter with --args.',
);

export const tooFewFrames = define(
  'ESC530',
  (kernel: string, frames: number, needed: number) =>
    `Kernel ${kernel} needs ${needed} frames for one window, the recording gives ${frames}.`,
  () => 'Give a longer recording, or a shorter window in the pipeline.',
);
