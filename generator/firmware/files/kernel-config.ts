/** kernel_config.h: addresses and sizes that the host code needs and no one else. */
import type { KernelManifest, ManifestBlock } from '../../../kernel/manifest.ts';
import { SIGNATURE_ADDRESS } from '../../layout/plan.ts';
import { guarded, macros, type Macro } from '../c-text.ts';
import { blockBytes } from '../cells.ts';
import { sensors } from '../kernel-features.ts';
import { templateBlocks } from '../template-blocks.ts';

const address = (name: string, block?: ManifestBlock): Macro[] =>
  block ? [{ name: `ESC_${name}_ADDRESS`, value: `${block.address}u` }] : [];

/** @param more what the runtime's host code needs on top */
export function kernelConfig(m: KernelManifest, more: readonly Macro[]): string {
  const parts = templateBlocks(m).map((b) => `{${b.address}u, ${blockBytes(b)}u}`);
  const starts = sensors(m).map((s) => s.first);
  const rows: Macro[] = [
    { name: 'ESC_SIGNATURE_ADDRESS', value: `${SIGNATURE_ADDRESS}u` },
    {
      name: 'ESC_WRITTEN_FIRST',
      value: `${SIGNATURE_ADDRESS + m.memory.constantBytes}u`,
      note: 'what the kernel writes begins',
    },
    { name: 'ESC_HEAP_BASE', value: `${m.memory.heapBase}u`, note: 'and ends' },
    ...address('FRAME', m.io.frame),
    ...address('TIME', m.io.time),
    ...address('SENSOR', m.io.sensor),
    ...address('INPUT', m.io.modelInput),
    ...address('OUTPUT', m.io.modelOutput),
    ...address('SCORE', m.io.score),
    ...address('CHOICE', m.io.choice),
    ...address('RETRAIN', m.io.retrain),
    ...address('SUSPENDED', m.io.suspended),
    ...address('KEY', m.io.key),
    {
      name: 'ESC_SENSOR_CHANNELS',
      value: `{${[...starts, m.channels.length].join(', ')}}`,
      note: 'first channel of each sensor, and the end',
    },
    ...(parts.length > 0 ? [{ name: 'ESC_TEMPLATE_PARTS', value: `{${parts.join(', ')}}` }] : []),
    ...more,
  ];
  return guarded('ESCAPEMENT_KERNEL_CONFIG_H', macros(rows));
}
