/** export, selftest and lint from the command line: on shipped examples, against their schemas, and with bad input. */
import { Ajv } from 'ajv';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ExportResult } from '../../cli/commands/export/export-result.ts';
import type { SelfTestResult } from '../../cli/commands/selftest/selftest-result.ts';
import { missingTools, version } from '../../generator/firmware/selftest/toolchain.ts';
import type { LintReport } from '../../generator/lint/lint-report.ts';
import { escapement, type Run } from './run.ts';

let root: string;
let out: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'escapement-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));
beforeEach(() => {
  out = join(mkdtempSync(join(root, 'out-')), 'bundle');
});

function expectValid(name: string, value: unknown): void {
  const path = new URL(`../../schemas/${name}.schema.json`, import.meta.url);
  const validate = new Ajv().compile(JSON.parse(readFileSync(path, 'utf8')) as object);
  expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
}

function expectRefusal(run: Run, ...words: RegExp[]): void {
  expect(run.code).toBe(2);
  expect(run.out).toBe('');
  expect(run.err.trimEnd().split('\n')).toHaveLength(1);
  for (const word of words) expect(run.err).toMatch(word);
  expect(existsSync(out)).toBe(false);
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe('export', () => {
  // smarteryou and typing102 take samples with times of their own; deepauth enrols; pulse identifies.
  it.each([
    ['smarteryou', 'wasm3'],
    ['typing102', 'wamr'],
    ['deepauth', 'wamr-aot'],
    ['pulse', 'wamr-classic'],
  ])('writes %s for %s, every file with its hash, and nothing beside it', async (pipeline, runtime) => {
    const run = await escapement('export', pipeline, '--runtime', runtime, '--out', out, '--json');
    expect(run).toMatchObject({ code: 0, err: '' });
    const result = JSON.parse(run.out) as ExportResult;
    expectValid('export', result);
    expect(result.folder).toBe(out);
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as ExportResult['manifest'];
    expectValid('bundle', manifest);
    const found = filesIn(out).map((path) => path.slice(out.length + 1));
    expect(found.sort()).toEqual([...Object.keys(manifest.files), 'manifest.json'].sort());
    for (const [path, { sha256: hash }] of Object.entries(manifest.files))
      expect(sha256(readFileSync(join(out, path))), path).toBe(hash);
    expect(readdirSync(join(out, '..'))).toEqual(['bundle']);
    const { predictions } = manifest;
    expect(predictions!.latencyMs.low).toBeLessThan(predictions!.latencyMs.high);
    expect(predictions!.runtime).toBe(runtime === 'wamr' ? 'wamr-fast' : runtime);
  });

  it('says what it wrote and what comes next', async () => {
    const run = await escapement('export', 'pulse', '--runtime', 'wasm3', '--out', out);
    expect(run.out).toMatch(/pulse\/25hz for wasm3 on we-be-class/);
    expect(run.out).toMatch(/RAM, static +[\d.]+ KiB \(constants included/);
    expect(run.out).toMatch(/README\.md/);
  });

  it('promises the RAM that simulate shows, with constants in flash and copied', async () => {
    const simulated = JSON.parse(
      (await escapement('simulate', 'pulse', '--runtime', 'wasm2c', '--json')).out,
    ) as {
      memory: {
        ramBytes: number;
        constants: { bytes: number; ramBytesCopied: number; ramBytesInFlash: number };
      };
    };
    expectValid('simulation', simulated);
    const { bytes, ramBytesCopied, ramBytesInFlash } = simulated.memory.constants;
    expect(ramBytesCopied).toBe(simulated.memory.ramBytes);
    expect(ramBytesCopied - ramBytesInFlash).toBe(bytes);
    const flashed = JSON.parse(
      (await escapement('simulate', 'pulse', '--runtime', 'wasm2c-firmware', '--json')).out,
    ) as typeof simulated;
    expect(flashed.memory.constants).toMatchObject({ bytes, ramBytesInFlash: flashed.memory.ramBytes });
    expect(flashed.memory.constants.ramBytesCopied - flashed.memory.ramBytes).toBe(bytes);
    if (!version({ name: 'wasm2c', debianPackage: 'wabt' })) return;
    const run = await escapement('export', 'pulse', '--runtime', 'wasm2c', '--out', out, '--json');
    const { ramBytes } = (JSON.parse(run.out) as ExportResult).manifest.memory;
    expect(ramBytes.constantsInRam - ramBytes.constantsInFlash!).toBe(bytes);
  });

  it('brings an older bundle up to date and keeps what is not its own', async () => {
    await escapement('export', 'pulse', '--runtime', 'wasm3', '--out', out);
    mkdirSync(join(out, 'build'));
    writeFileSync(join(out, 'build', 'mine'), '');
    const run = await escapement('export', 'pulse', '--runtime', 'wamr', '--out', out);
    expect(run.code).toBe(0);
    expect(existsSync(join(out, 'kernel.wasm3.wasm'))).toBe(false);
    expect(existsSync(join(out, 'src', 'host_wamr.c'))).toBe(true);
    expect(existsSync(join(out, 'build', 'mine'))).toBe(true);
  });

  it('refuses unknown names with what was meant', async () => {
    const to = ['--out', out];
    expectRefusal(
      await escapement('export', 'pulse', '--runtime', 'wasm2cc', ...to),
      /ESC701/,
      /Did you mean wasm2c/,
    );
    expectRefusal(
      await escapement('export', 'pulse', '--runtime', 'wasm3', '--board', 'we-be-clas', ...to),
      /ESC40\d/,
      /we-be-class/,
    );
    expectRefusal(await escapement('export', 'puls', '--runtime', 'wasm3', ...to), /ESC2\d\d/, /puls/);
    expectRefusal(
      await escapement('export', 'pulse', '--runtime', 'wasm3', '--model', '25hx', ...to),
      /ESC601/,
      /Did you mean 25hz/,
    );
    expectRefusal(await escapement('export', 'pulse', ...to), /--runtime/);
  });

  it('refuses a folder with files of the user (ESC720) and a place that cannot be written (ESC606)', async () => {
    const taken = join(root, 'taken');
    mkdirSync(taken);
    writeFileSync(join(taken, 'thesis.txt'), 'years of work');
    const run = await escapement('export', 'pulse', '--runtime', 'wasm3', '--out', taken);
    expectRefusal(run, /ESC720/, /thesis\.txt/, /--out/);
    expect(readdirSync(taken)).toEqual(['thesis.txt']);
    const below = await escapement(
      'export',
      'pulse',
      '--runtime',
      'wasm3',
      '--out',
      join(taken, 'thesis.txt', 'x'),
    );
    expectRefusal(below, /ESC606/, /--out/);
    const onto = await escapement(
      'export',
      'pulse',
      '--runtime',
      'wasm3',
      '--out',
      join(taken, 'thesis.txt'),
    );
    expectRefusal(onto, /ESC606/, /a file stands there/);
  });
});

const cTools = ['wasm2c', 'cmake', 'g++'].filter((name) => !version({ name, debianPackage: name }));
describe.skipIf(cTools.length > 0)(
  `the bundle for wasm2c, from its folder alone (needs ${cTools.join(', ') || 'nothing more'})`,
  () => {
    it('builds as its README says and gives the bits of V8; its headers are C and C++', async () => {
      await escapement('export', 'deepauth', '--runtime', 'wasm2c', '--out', out);
      const [command] = /cmake -S [^`]*/.exec(readFileSync(join(out, 'README.md'), 'utf8'))!;
      const said = execFileSync('sh', ['-c', command], {
        cwd: out,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      expect(said).toMatch(/deepauth\/\w+: identical \(status 0\), 3 windows, 0 differences/);
      const header =
        '#include "escapement/kernel.h"\n#include "escapement/store.h"\n#include "escapement/selftest.h"\nint unused;\n';
      for (const [compiler, dialect] of [
        ['gcc', 'c'],
        ['g++', 'c++'],
      ]) {
        const flags = [
          '-x',
          dialect,
          '-Wall',
          '-Wextra',
          '-Wpedantic',
          '-Werror',
          '-fsyntax-only',
          '-I',
          'src',
          '-',
        ];
        execFileSync(compiler, flags, { cwd: out, input: header, stdio: ['pipe', 'pipe', 'pipe'] });
      }
    });
  },
);

describe('selftest', () => {
  const missing = missingTools('m4').map((t) => t.name);
  it.skipIf(missing.length > 0)(
    `compares bits and counts on the M4${missing.length > 0 ? ` (skipped without ${missing.join(', ')})` : ''}`,
    async () => {
      const run = await escapement('selftest', 'pulse', '--target', 'm4', '--windows', '1', '--json');
      expect(run).toMatchObject({ code: 0, err: '' });
      const result = JSON.parse(run.out) as SelfTestResult;
      expectValid('selftest', result);
      expect(result).toMatchObject({ kernel: 'pulse/25hz', identical: true, windows: 1, target: 'm4' });
      const { predicted, executed, ratio, within } = result.predicted.inference;
      expect(executed).toBe(result.instructions.inference.mean);
      expect(ratio).toBeCloseTo(executed / predicted.value, 4);
      expect(within).toBe(executed >= predicted.low && executed <= predicted.high);
    },
  );

  it('refuses a machine without the tools, and says what to install (ESC710)', async () => {
    const path = process.env.PATH;
    process.env.PATH = '/nowhere';
    try {
      expectRefusal(
        await escapement('selftest', 'pulse', '--target', 'a7'),
        /ESC710 wasm2c, arm-linux-gnueabihf-gcc.*are not installed/,
        /apt-get install wabt gcc-arm-linux-gnueabihf.*qemu-user/,
      );
      expectRefusal(await escapement('export', 'pulse', '--runtime', 'wasm2c', '--out', out), /ESC710.*wabt/);
    } finally {
      process.env.PATH = path;
    }
  });

  it('refuses an unknown target, a count of windows that is none (ESC721), and a missing target', async () => {
    expectRefusal(await escapement('selftest', 'pulse', '--target', 'm7'), /m4, a7/);
    expectRefusal(
      await escapement('selftest', 'pulse', '--target', 'm4', '--windows', 'all'),
      /ESC721/,
      /--windows 3/,
    );
    expectRefusal(await escapement('selftest', 'pulse'), /--target/);
  });
});

describe('lint', () => {
  const module = (...sections: number[]) => {
    const path = join(root, `m${sections.length}.wasm`);
    writeFileSync(path, Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, ...sections));
    return path;
  };

  it('passes a kernel of ours under every runtime', async () => {
    await escapement('export', 'pulse', '--runtime', 'wasm3', '--out', out);
    for (const runtime of ['wasm3', 'wamr', 'wamr-aot', 'wasm2c']) {
      const run = await escapement('lint', join(out, 'kernel.wasm'), '--runtime', runtime, '--json');
      const report = JSON.parse(run.out) as LintReport;
      expectValid('lint', report);
      expect(report).toMatchObject({ runtime, errors: 0, warnings: 0 });
      expect(run.code).toBe(0);
    }
    const variant = await escapement('lint', join(out, 'kernel.wasm3.wasm'), '--runtime', 'wamr');
    expect(variant.code).toBe(1);
    expect(variant.out).toMatch(/error.*custom-page-sizes.*\[accepted-features\]/);
    expect(variant.out).toMatch(/does not run under wamr/);
  });

  it('ends with 1 for a broken rule, with --strict for a warning too', async () => {
    // (module (import "e" "f" (func)))
    const imports = module(1, 4, 1, 0x60, 0, 0, 2, 7, 1, 1, 101, 1, 102, 0, 0);
    const run = await escapement('lint', imports, '--runtime', 'wamr');
    expect(run.code).toBe(1);
    expect(run.out).toMatch(/\[no-imports\]/);
    // (module (memory (export "memory") 1 1)): runs, in a whole page
    const page = module(5, 4, 1, 1, 1, 1, 7, 10, 1, 6, 109, 101, 109, 111, 114, 121, 2, 0);
    expect((await escapement('lint', page, '--runtime', 'wasm2c')).code).toBe(0);
    expect((await escapement('lint', page, '--runtime', 'wasm2c', '--strict')).code).toBe(1);
  });

  it('refuses a missing file (ESC609), what is no module (ESC501), and an unknown runtime (ESC701)', async () => {
    expectRefusal(await escapement('lint', join(root, 'nothing.wasm'), '--runtime', 'wamr'), /ESC609/);
    const text = join(root, 'notes.txt');
    writeFileSync(text, 'not a module');
    expectRefusal(await escapement('lint', text, '--runtime', 'wamr'), /ESC501/);
    expectRefusal(await escapement('lint', text, '--runtime', 'wamrr'), /ESC701/, /Did you mean wamr/);
  });
});
