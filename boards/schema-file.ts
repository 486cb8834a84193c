/** The published JSON Schema of board files, for editors: `boards new` puts a copy beside the file that it starts. */
import { readFileSync } from 'node:fs';

export const schemaFileName = 'board.schema.json';

export const schemaText = (): string =>
  readFileSync(new URL('../schemas/board.schema.json', import.meta.url), 'utf8');
