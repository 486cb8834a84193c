/** Module hook (Node.js documentation, node:module, "Customization hooks"): ES modules of packages bypass later hooks. */
import { readFile } from 'node:fs/promises';

export async function load(url, context, next) {
  const own = context.format === 'module' && url.includes('/node_modules/') && /\.m?js$/.test(url);
  if (!own) return next(url, context);
  return { format: 'module', source: await readFile(new URL(url)), shortCircuit: true };
}
