// Zeroing of state without bulk-memory instructions.

/** Sets `bytes` bytes from `address` on to zero. Both are multiples of 8. */
export function zero(address: usize, bytes: i32): void {
  const end = address + <usize>bytes;
  while (address < end) {
    store<i64>(address, 0);
    address += 8;
  }
}
