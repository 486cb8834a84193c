/** Every shape of code may be verified, and each says the same, to the last digit: they give the same bits. */
import { describe, expect, it } from 'vitest';
import { escapement } from './run.ts';

const verify = async (...args: string[]) => escapement('verify', 'pulse', ...args);

describe('escapement verify --profile', () => {
  it('runs the kernel for computers with the result of the one to flash', async () => {
    const flashed = await verify('--json');
    const host = await verify('--json', '--profile', 'host');
    expect(flashed.code).toBe(0);
    expect(JSON.parse(host.out)).toEqual(JSON.parse(flashed.out));
    expect((await verify('--profile', 'host')).out).toContain(', profile host: ');
  });

  it('refuses another name (ESC320)', async () => {
    const { code, err } = await verify('--profile', 'fast');
    expect(code).toBe(2);
    expect(err).toContain('ESC320');
  });
});
