/** vectors.h for the device and vectors.json for everyone else. */
import type { KernelManifest } from '../../../kernel/manifest.ts';
import { comment, guarded, initialiser, macros } from '../c-text.ts';
import { hasFunction, sensors } from '../kernel-features.ts';
import type { FirmwareVectors } from '../vectors.ts';

export function vectorsHeader(manifest: KernelManifest, v: FirmwareVectors): string {
  return guarded(
    'ESCAPEMENT_VECTORS_H',
    [
      `/* ${comment(v.source)}: what the kernel answered in V8 with the same bytes. */`,
      macros([
        { name: 'VECTOR_WINDOWS', value: v.windows.length },
        { name: 'VECTOR_FRAMES', value: v.frames.length },
        { name: 'VECTOR_SAMPLES', value: v.samples.length },
      ]),
      rows('int32_t', 'vector_frames', 'ESCAPEMENT_CHANNELS', v.frames),
      samples(manifest, v),
      rows('escapement_input_cell', 'vector_inputs', 'ESCAPEMENT_INPUTS', v.inputs),
      list(
        'vector_decisions',
        v.windows.map((w) => w.decision),
      ),
      hasFunction(manifest, 'enrol')
        ? list(
            'vector_enrolments',
            v.windows.map((w) => w.enrolment),
          )
        : '',
      rows(
        'escapement_output_cell',
        'vector_outputs',
        'ESCAPEMENT_OUTPUTS',
        v.windows.map((w) => w.output),
      ),
      manifest.io.score
        ? rows(
            'escapement_score_cell',
            'vector_scores',
            'ESCAPEMENT_SCORES',
            v.windows.map((w) => w.score),
          )
        : '',
    ]
      .filter((s) => s !== '')
      .join('\n\n'),
  );
}

const rows = (
  type: string,
  name: string,
  width: string,
  lines: readonly Iterable<number | bigint>[],
): string =>
  lines.length === 0
    ? ''
    : `static const ${type} ${name}[][${width}] = {\n${lines.map((l) => initialiser(l)).join(',\n')}\n};`;

const list = (name: string, values: readonly number[]): string =>
  `static const int32_t ${name}[] = ${initialiser(values.length > 0 ? values : [0])};`;

function samples(manifest: KernelManifest, v: FirmwareVectors): string {
  if (v.samples.length === 0) return '';
  const most = Math.max(...sensors(manifest).map((s) => s.channels));
  const rows = v.samples.map((s) => `  {${s.sensor}, ${s.timeUs}, {${s.counts.join(', ')}}},`);
  return `static const struct {\n  uint32_t sensor;\n  int64_t time_us;\n  int32_t counts[${most}];\n} vector_samples[] = {\n${rows.join('\n')}\n};`;
}

/** 64-bit cells become strings: a JSON number does not hold them. */
export function vectorsJson(v: FirmwareVectors): string {
  return `${JSON.stringify(v, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value), 1)}\n`;
}
