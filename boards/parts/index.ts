/** The parts library. A new part is one file beside this one and one line here. */
import { afe4490 } from './afe4490.ts';
import { genericPpg } from './generic-ppg.ts';
import { lsm6dsv16x } from './lsm6dsv16x.ts';
import { max86141 } from './max86141.ts';
import { mpu9250 } from './mpu-9250.ts';
import type { ImuPart, PpgPart } from './part.ts';

export const ppgParts: readonly PpgPart[] = [afe4490, genericPpg, max86141];
export const imuParts: readonly ImuPart[] = [lsm6dsv16x, mpu9250];
export const parts = [...ppgParts, ...imuParts];

export const findPpgPart = (id: string): PpgPart | undefined => ppgParts.find((part) => part.id === id);
export const findImuPart = (id: string): ImuPart | undefined => imuParts.find((part) => part.id === id);
