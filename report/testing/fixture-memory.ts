/** Memory items for the tests of reporters. */
import type { MemoryItem } from '../../sim/result.ts';
import type { FixtureRuntime } from './fixture-hardware.ts';
import type { FixtureKernel } from './fixture-kernel.ts';

const item = (
  name: string,
  flashBytes: number,
  ramBytes: number,
  kind: MemoryItem['kind'],
  source: string,
): MemoryItem => ({ name, flashBytes, ramBytes, kind, source });

export function fixtureMemory(kernel: FixtureKernel, runtime: FixtureRuntime, steps: number): MemoryItem[] {
  const constants = kernel.parameters + 6_000;
  const buffers = steps * 12 + steps * (kernel.system === 'pulse' ? 256 : 128);
  return [
    item('kernel code', 9_400, 0, 'measured', 'size of the code section'),
    item('weights and tables', constants, constants, 'measured', 'data segments, copied to linear memory'),
    item('state and buffers', 0, buffers, 'measured', 'memory plan of the kernel'),
    item(
      `${runtime.id} runtime`,
      runtime.flashBytes,
      runtime.ramBytes,
      runtime.kind,
      'published size of the runtime',
    ),
  ];
}
