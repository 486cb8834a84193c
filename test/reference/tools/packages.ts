/** The Debian packages that the reference needs, and whether they are here. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const programs: Record<string, string> = {
  wasm2c: 'wabt',
  gcc: 'gcc',
  'arm-linux-gnueabihf-gcc': 'gcc-arm-linux-gnueabihf',
  'arm-none-eabi-gcc': 'gcc-arm-none-eabi',
  'qemu-arm': 'qemu-user',
  'qemu-system-arm': 'qemu-system-arm',
};
const files: Record<string, string> = {
  '/usr/src/wasm2c/wasm-rt-impl.c': 'wabt',
  '/usr/lib/arm-none-eabi/include/stdlib.h': 'libnewlib-arm-none-eabi',
  '/usr/arm-linux-gnueabihf/include/stdio.h': 'libc6-dev-armhf-cross',
};

/** Packages to install, none when everything is here. */
export function missingPackages(): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const missing = [
    ...Object.entries(programs).filter(([name]) => !folders.some((f) => existsSync(join(f, name)))),
    ...Object.entries(files).filter(([path]) => !existsSync(path)),
  ];
  return [...new Set(missing.map(([, name]) => name))];
}
