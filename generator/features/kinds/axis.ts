/** What features of two axes share. */
import { pipelineRefusals } from '../../../common/refusals/index.ts';
import type { FeatureCheck } from '../feature.ts';

export function checkAxis({ axis }: { axis: number }, { where, axes }: FeatureCheck): void {
  if (!(Number.isInteger(axis) && axis >= 1 && axis < axes))
    throw pipelineRefusals.badAxis(`${where}.axis`, axis, axes);
}

/** Record of the partner's column. */
export const partnerRecord = (axis: number): string => `record + load<i32>(partners, ${(axis - 1) * 8 + 4})`;

/** Sum of products with the partner. */
export const crossCode = (axis: number): string =>
  `cross(column, end, stride, steps, record, load<i32>(partners, ${(axis - 1) * 8}), ${partnerRecord(axis)})`;
