/**
 * `npm run bench [-- NAME...]`: measures side by side, prints tables; `--write` puts them into docs/bench.md. What is measured
 * against is installed into bench/node_modules when it is missing.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Benchmark } from './benchmark.ts';
import { compile } from './benchmarks/compile.ts';
import { recurrent } from './benchmarks/recurrent.ts';
import { simulator } from './benchmarks/simulator.ts';
import { windows } from './benchmarks/windows.ts';

const benchmarks: readonly Benchmark[] = [recurrent, windows, compile, simulator];

const here = fileURLToPath(new URL('.', import.meta.url));

function installPeers(): void {
  if (existsSync(new URL('node_modules/onnxruntime-node', import.meta.url))) return;
  process.stderr.write('installing what is measured against, into bench/node_modules\n');
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: here, stdio: 'inherit' });
}

installPeers();
const names = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const chosen = benchmarks.filter(({ name }) => names.length === 0 || names.includes(name));
if (chosen.length === 0) {
  process.stderr.write(`No such benchmark. There are: ${benchmarks.map(({ name }) => name).join(', ')}.\n`);
  process.exit(2);
}
const sections = new Map<string, string>();
for (const { title, run, limits } of chosen) {
  const section = [`## ${title}`, '', ...(await run()), '', ...limits, ''].join('\n');
  console.log(section);
  sections.set(title, section);
}
if (process.argv.includes('--write')) {
  const path = new URL('../docs/bench.md', import.meta.url);
  const known = existsSync(path) ? readFileSync(path, 'utf8') : '';
  writeFileSync(path, page(benchmarks.map(({ title }) => sections.get(title) ?? sectionOf(known, title))));
}

/** What an earlier run wrote for a benchmark that was not chosen. */
function sectionOf(text: string, title: string): string {
  const from = text.indexOf(`## ${title}\n`);
  if (from < 0) return '';
  const next = text.indexOf('\n## ', from);
  return text.slice(from, next < 0 ? undefined : next + 1);
}

function page(parts: readonly string[]): string {
  const [cpu] = cpus();
  return `# Speed on a computer

Made by \`npm run bench -- --write\`: contenders take turns in one process, medians of rounds, so only ratios mean much. Measured
on ${cpu!.model} (${cpus().length} logical cores, shared with other work), Node.js ${process.versions.node}, ${process.platform} ${process.arch}.

${parts.filter((part) => part !== '').join('\n')}`;
}
