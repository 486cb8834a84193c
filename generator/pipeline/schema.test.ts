import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { generateSchemas, schemas } from '../../scripts/schemas.ts';

describe('schemas/', () => {
  it('holds what the types say today (mend with "npm run schemas")', async () => {
    const generated = await generateSchemas(schemas);
    for (const { name } of schemas) {
      const file = new URL(`../../schemas/${name}.schema.json`, import.meta.url);
      expect(await readFile(file, 'utf8'), `${name}.schema.json is stale`).toBe(generated.get(name));
    }
  });

  it('names no path of the machine that generated it', async () => {
    for (const text of (await generateSchemas(schemas)).values())
      expect(text).not.toMatch(/import\(|%22|work\//);
  });
});
