/** C files that are the same in every bundle; they live as C in `generator/firmware/c`. */
import { readFileSync } from 'node:fs';

const folder = new URL('../c/', import.meta.url);

export const staticFile = (path: string): string => readFileSync(new URL(path, folder), 'utf8');

export const commonSources = ['host.h', 'kernel.c', 'selftest.c', 'store.c'] as const;
export const publicHeaders = ['selftest.h', 'store.h'] as const;
