/**
 * Where compiled kernels are kept between runs: `ESCAPEMENT_CACHE` (a folder, or "off"), else the user's cache folder
 * (XDG Base Directory Specification 0.8, section 3: XDG_CACHE_HOME when absolute, else ~/.cache).
 */
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Undefined: switched off. */
export function cacheFolder(environment: Environment = process.env): string | undefined {
  const { ESCAPEMENT_CACHE: own, XDG_CACHE_HOME: shared } = environment;
  if (own === 'off') return undefined;
  if (own) return resolve(own);
  return join(shared && isAbsolute(shared) ? shared : join(homedir(), '.cache'), 'escapement');
}
