/** C types of kernel cells. */
import type { ManifestBlock } from '../../kernel/manifest.ts';

export const cTypes = { i8: 'int8_t', i16: 'int16_t', i32: 'int32_t', i64: 'int64_t' } as const;
export const cellBytes = { i8: 1, i16: 2, i32: 4, i64: 8 } as const;

export const blockBytes = (block: ManifestBlock): number => cellBytes[block.type] * block.length;
