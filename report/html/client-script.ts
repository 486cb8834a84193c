/** The page's program as one script: the same modules that draw the static page, bundled for a browser. */
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/** JavaScript text; the same sources give the same bytes. */
export function clientScript(): string {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL('./client/main.ts', import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'silent',
  });
  // "</script" may not occur inside a script element, whatever a string in the sources says.
  return outputFiles[0]!.text.trimEnd().replaceAll('</script', '<\\/script');
}
