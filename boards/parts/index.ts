/** The parts library. A new sensor part is one file beside this one and one line here; other parts have folders. */
import { afe4490 } from './afe4490.ts';
import { bmi160 } from './bmi160.ts';
import { genericPpg } from './generic-ppg.ts';
import { lsm6dsv16x } from './lsm6dsv16x.ts';
import { max86141 } from './max86141.ts';
import { mpu9250 } from './mpu-9250.ts';
import type { ImuPart, PpgPart } from './part.ts';

export { cellParts, findCell } from './cells/index.ts';
export { cpuParts } from './cpus/index.ts';
export { radioParts } from './radios/index.ts';
export { regulatorParts } from './regulators/index.ts';

export const ppgParts: readonly PpgPart[] = [afe4490, genericPpg, max86141];
export const imuParts: readonly ImuPart[] = [bmi160, lsm6dsv16x, mpu9250];
export const parts = [...ppgParts, ...imuParts];

export const findPpgPart = (id: string): PpgPart | undefined => ppgParts.find((part) => part.id === id);
export const findImuPart = (id: string): ImuPart | undefined => imuParts.find((part) => part.id === id);
