/** The choice in the address, so that a view can be passed on: "#system-0/sub128/we-be-class/wasm2c/25". */
import type { Choice } from '../../view/choice.ts';

export const writeLink = (system: number, { variant, board, runtime, rateHz }: Choice): string =>
  `#system-${system}/${[variant, board, runtime, String(rateHz)].map(encodeURIComponent).join('/')}`;

/** Undefined when the address holds no choice. */
export function readLink(hash: string): { system: number; choice: Choice } | undefined {
  const [, system, ...parts] = /^#system-(\d+)\/([^/]+)\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(hash) ?? [];
  if (system === undefined) return undefined;
  try {
    const [variant = '', board = '', runtime = '', rate = ''] = parts.map(decodeURIComponent);
    return { system: Number(system), choice: { variant, board, runtime, rateHz: Number(rate) } };
  } catch {
    return undefined;
  }
}
