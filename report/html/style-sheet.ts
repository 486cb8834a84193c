/** The style sheet of a page, in the order in which its files build on each other. */
import { readFileSync } from 'node:fs';

const FILES = ['base.css', 'layout.css', 'tables.css', 'charts.css', 'print.css'];

/** CSS text without comments and indentation. */
export const styleSheet = (): string =>
  FILES.map((file) => readFileSync(new URL(`./style/${file}`, import.meta.url), 'utf8'))
    .join('\n')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s*\n\s*/g, '\n')
    .trim();
